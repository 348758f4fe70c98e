"""The board paper as a document that can be edited in Word: blocks in named styles, and templates that restyle them."""
