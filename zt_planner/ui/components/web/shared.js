/* What the scripts of several components need. */

function element(name, text = "") {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}

/* The badges of a figure, each after a space. */
function badgesOf(badges) {
  return badges.flatMap((badge) => [" ", element(`badge ${badge.tone}`, badge.text)]);
}
