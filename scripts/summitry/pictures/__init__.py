"""The picture room: everything on the site that is drawn with pixels rather than set as text.

==================== =============================================================================
`fonts`              the typeface: where its files are, what it covers, subsets for the web
`typeset`            kerned lines of text, the same on every machine; balanced wrapping
`scripts`            letters of other scripts, in the order and form in which they are read
`palette`            the colours and the plain shapes (`Box`, `Frame`) that the figures share
`metadata`           caption, maker and licence as XMP; PNG files written the same way each time
`quotemarks`         quotation marks by language
`shapes`             the shapes of states
`card_sheet`         what cards are set on: ground, margins, ink, the last line
`quote_card`         the picture of a quotation
`land`               the coastlines, and how they were made from Natural Earth
`sphere`             directions on the globe: great circles, and clipping at a horizon
`projection`         from the globe to a frame, fitted to the places that must be seen
`map_labels`         where the names on a map go
`locator_map_layout` where everything stands in the locator map
`outline`            lines as SVG writes them: cut, simplified, short
`vector`             what figures in SVG share, and a figure as a file that stands alone
`locator_map_svg`    the locator map as SVG
`locator_map_pixels` the locator map as pixels, the ground of a card
`scale_bar`          a bar that stands for a round number of kilometres
`place_map`          the map of one place, and the plan of places close together
`day_layout`         where everything stands in the figure of one day
`day`                the figure of one day as SVG
`page_card`          the picture of any other page
`icons`              the site's icon
`photos`             contributed photographs: checked, and derived without their own metadata
`cache`              finished files under names made from what they were made of
==================== =============================================================================

The room knows nothing of the summit: all data comes in as arguments, and nothing else of the
project is imported. Frozen dataclasses go in; bytes, markup or Pillow images come out. The same
input gives the same bytes on any machine with the same Pillow, whatever its fonts, locale and
clock.
"""
