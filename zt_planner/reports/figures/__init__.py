"""A key figure is one declaration; every list of figures, and every explanation by its name, is made from them."""
