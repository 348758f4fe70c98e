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

/* Whoever closes an explanation is back where it was asked for. asked: the figure whose explanation is open, whoever
   has asked and wherever; part: keeps in `pressed` what was pressed in it since the last one was closed. */
function returnTo(part, asked) {
  if (part.asked && !asked) {
    const { pressed } = part;
    part.pressed = null;
    pressed?.focus();
  }
  part.asked = asked;
}
