/* Draws a table, changed in place; the first cell of a row is its header. data: alt (what the table is called), scrolls
   (what is said of a box with more than it shows, which Tab reaches), why (what a press on a figure asks), tall (whether
   it has a fixed height), stacks (whether a row becomes a card where the table is wider than its box), columns (each
   with title, number, room), rows of cells. A cell is a text, or has text, badges (each with text and tone), name (of
   the figure that can be asked about) or link (where its text leads), and pointer. Of its figures one is reached by Tab,
   the others from there by the arrow keys: a budget has hundreds. */

const TELEPHONE = "(max-width: 640px)";
const MOST_TITLES = 10;

export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".box");
  const [table, head, body] = ["table", "thead tr", "tbody"].map((name) => box.querySelector(name));
  table.setAttribute("aria-label", data.alt);
  box.classList.toggle("tall", data.tall);
  fit(head, data.columns, () => newTitle()).forEach((cell, at) => {
    setText(cell, data.columns[at].title);
    cell.className = data.columns[at].number ? "number" : "";
  });
  fit(body, data.rows, () => document.createElement("tr")).forEach((row, number) => {
    const cells = data.rows[number];
    fit(row, cells, () => newCell(row)).forEach((cell, at) => {
      const { number: isNumber, room } = data.columns[at];
      cell.className = isNumber ? "number" : room;
      cell.dataset.title = data.columns[at].title;
      draw(cell, typeof cells[at] === "string" ? { text: cells[at] } : cells[at], data.why, setTriggerValue);
    });
  });
  body.onkeydown = move;
  enter(body, body.querySelector("button[tabindex='0']") ?? body.querySelector("button"));
  if (!box.observer) {
    // Asked for in between, sizes cost a layout; changed while they are told, they would be told again.
    box.observer = new ResizeObserver(() => requestAnimationFrame(() => arrange(box, data)));
    for (const part of [box, table]) box.observer.observe(part);
  }
  return () => {
    box.observer.disconnect();
    box.observer = null;
  };
}

/* Has the rows of a table be cards where it is wider than its box: if it may, or on a telephone unless it has so many
   columns that a card would be longer than a screen. */
function arrange(box, { stacks, columns, scrolls }) {
  box.classList.remove("stacked");
  const mayStack = stacks || (columns.length <= MOST_TITLES && matchMedia(TELEPHONE).matches);
  box.classList.toggle("stacked", mayStack && box.scrollWidth > box.clientWidth + 1);
  reach(box, scrolls);
}

/* Has Tab reach a box only while there is more in it than it shows; a pixel is a matter of rounding. */
function reach(box, scrolls) {
  const isReached = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
  for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", scrolls]]) {
    if (isReached) box.setAttribute(name, value);
    else box.removeAttribute(name);
  }
}

/* Leaves a part with as many children as there are entries. */
function fit(part, entries, make) {
  while (part.children.length > entries.length) part.lastElementChild.remove();
  while (part.children.length < entries.length) part.append(make());
  return [...part.children];
}

function newTitle(scope = "col") {
  const made = document.createElement("th");
  made.scope = scope;
  return made;
}

function newCell(row) {
  return row.children.length ? document.createElement("td") : newTitle("row");
}

function setText(part, text) {
  if (part.textContent !== text) part.textContent = text;
}

function draw(cell, { text, name, link, badges = [], pointer }, why, setTriggerValue) {
  if (!name && !link && !badges.length) {
    if (cell.firstElementChild) cell.replaceChildren();
    setText(cell, text);
    return;
  }
  const known = name || link ? cell.querySelector(name ? "button" : "a") : null;
  const shown = known ?? (name ? newButton() : link ? document.createElement("a") : document.createTextNode(text));
  if (name) {
    setText(shown, text);
    shown.title = `${text}. ${why}`;
    shown.setAttribute("aria-label", shown.title);
    shown.className = pointer ? "pointed" : "";
    shown.dataset.name = name;
    shown.onclick = () => setTriggerValue("why", name);
  } else if (link) {
    setText(shown, text);
    shown.href = link;
  }
  const others = badgesOf(badges);
  if (pointer) others.push(element("pointer", pointer));
  for (const part of [...cell.childNodes]) if (part !== shown) part.remove();
  if (shown !== known) cell.append(shown);
  cell.append(...others);
}

function newButton() {
  const made = document.createElement("button");
  made.type = "button";
  made.tabIndex = -1;
  made.onfocus = () => enter(made.closest("tbody"), made);
  return made;
}

/* Makes one figure the one that Tab reaches. */
function enter(body, button) {
  for (const other of body.querySelectorAll("button[tabindex='0']")) other.tabIndex = -1;
  if (button) button.tabIndex = 0;
}

const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

/* Moves to the next figure in a direction; with Alt and the like, the keys are the browser's. */
function move(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const [down, right] = STEPS[event.key] ?? [0, 0];
  const row = event.target.closest("tr");
  const column = event.target.closest("td, th")?.cellIndex;
  let next = null;
  for (let at = 1; !next && (down || right); at += 1) {
    const cell = row.parentElement.rows[row.sectionRowIndex + down * at]?.cells[column + right * at];
    if (!cell) return;
    next = cell.querySelector("button");
  }
  if (!next) return;
  event.preventDefault();
  next.focus();
}
