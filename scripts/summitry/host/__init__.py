"""MkDocs behind one wall: nothing else imports it."""
