"""Parts that pages share; a component in JavaScript has its script and styles beside it."""
