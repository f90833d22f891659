"""A checked library becomes pages: the values that templates show, and the pages themselves."""
