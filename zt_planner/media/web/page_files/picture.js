/* Draws the picture of `topics/picture/whole.py`: places are parts of an axis, 0 to 1. What stands already is kept
   and moved. A press on a step tells the page where the data say so; otherwise the step opens or closes here. A press on
   a task draws its dependencies, where the picture has them. */

export default function picture({ data, parentElement, setTriggerValue }) {
  const figure = parentElement.querySelector(".picture");
  figure.setAttribute("aria-label", data.alt);
  figure.classList.toggle("many", data.month_starts.length > MOST_NAMED);
  figure.classList.toggle("slipped", data.rows.some(row => row.later));
  for (const [name, value] of [
    ["--steps", data.rows.length],
    ["--levels", levels(data.marks.map(mark => mark.level))],
    ["--phone-levels", levels(data.marks.map(mark => mark.phone_level))],
  ]) figure.style.setProperty(name, value);
  const turned = (figure.turned ??= new Set());
  const isOpen = row => row.is_open !== turned.has(row.id);
  const turn = row => {
    if (data.tells) return setTriggerValue("step", row.id);
    if (!turned.delete(row.id)) turned.add(row.id);
    picture({ data, parentElement });
  };
  hidden(drawMonths(part(figure, "div", "months"), data));
  const plot = part(figure, "div", "plot");
  hidden(drawAxis(part(plot, "div", "axis"), data));
  const rows = data.rows.flatMap(row => [row, ...(isOpen(row) ? row.tasks : [])]);
  const choose = row => {
    figure.chosen = figure.chosen === row.id ? undefined : row.id;
    picture({ data, parentElement });
  };
  const linked = new Set(data.links.flatMap(link => [link.source, link.target]));
  drawRows(part(plot, "ul", "rows"), rows, { steps: new Set(data.rows), isOpen, turn, linked, chosen: figure.chosen, choose });
  const ofChosen = data.links.filter(link => [link.source, link.target].includes(figure.chosen));
  hidden(drawLinks(part(plot, "div", "links"), ofChosen, rows));
  const money = part(plot, "div", "money");
  const [sums] = data.money;
  money.hidden = !sums;
  if (sums) drawMoney(money, sums);
  hidden(each(part(figure, "ul", "signs"), "li", data.signs, (item, sign) => {
    part(item, "span", "sign").dataset.form = sign.form;
    text(part(item, "span", "words"), sign.text);
  }));
  const beyond = part(figure, "p", "beyond");
  text(beyond, sums?.total?.beyond ?? "");
  beyond.hidden = !beyond.textContent;
}

function drawMonths(head, data) {
  return each(part(head, "div", "lane"), "span", data.months, (name, month) => {
    text(name, month.text);
    name.style.left = percent(month.at);
  });
}

function drawAxis(axis, data) {
  each(part(axis, "div", "off"), "i", data.days_off, (day, off) => place(day, off.span, off.text));
  each(part(axis, "div", "starts"), "i", data.month_starts, (line, at) => (line.style.left = percent(at)));
  return each(part(axis, "div", "marks"), "div", data.marks, (line, mark) => {
    line.dataset.dash = mark.dash;
    line.style.left = percent(mark.at);
    line.style.setProperty("--level", mark.level);
    line.style.setProperty("--phone-level", mark.phone_level);
    line.classList.toggle("early", mark.is_early);
    text(part(line, "span", "words"), mark.text);
  });
}

function drawRows(list, rows, { steps, isOpen, turn, linked, chosen, choose }) {
  const known = new Map([...list.children].map(item => [item.dataset.id, item])), ids = new Set(rows.map(row => row.id));
  known.forEach((item, id) => ids.has(id) || item.remove());
  rows.forEach((row, index) => {
    const item = known.get(row.id) ?? document.createElement("li"), opens = steps.has(row) && !row.letter;
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null); // one that stays keeps focus
    item.dataset.id = row.id;
    item.className = row.letter ? "row thin" : opens ? "row step" : "row task";
    item.classList.toggle("first", rows[index - 1]?.name !== row.name);
    const links = !opens && linked.has(row.id), name = part(item, opens || links ? "button" : "span", "name"), letter = part(item, "span", "letter");
    text(part(name, "span", "words"), row.name);
    text(letter, row.letter);
    letter.hidden = !row.letter;
    name.title = row.text;
    if (opens) name.setAttribute("aria-expanded", isOpen(row));
    else if (links) name.setAttribute("aria-pressed", row.id === chosen);
    if (opens || links) {
      name.type = "button";
      name.onclick = () => (opens ? turn : choose)(row);
    }
    const lane = part(item, "div", "lane"), dates = part(item, "span", "dates");
    text(part(dates, "span", "words"), row.dates);
    text(part(dates, "b", "later"), row.later);
    dates.style.setProperty("--end", row.end);
    lane.setAttribute("aria-hidden", "true");
    lane.style.setProperty("--colour", row.colour);
    const bars = [
      ...row.ghosts.map(bar => ["ghost", bar]),
      ...row.bars.map(bar => ["bar", bar]),
      ...row.left.map(span => ["left", { span }]),
      ...row.waits.map(bar => ["wait", bar]),
      ...row.critical.map(span => ["critical", { span }]),
      ...row.fixed.map(day => ["fixed", { span: { left: day.at, width: 0 }, text: day.text }]),
    ];
    each(lane, "i", bars, (box, [kind, bar]) => {
      box.className = kind;
      place(box, bar.span, bar.text);
    });
  });
}

function drawLinks(links, found, rows) {
  const index = new Map(rows.map((row, at) => [row.id, at]));
  const shown = found.filter(link => index.has(link.source) && index.has(link.target));
  const svg = shape(links, "svg"), path = shape(svg, "path");
  const turns = shown.map(link => {
    const from = index.get(link.source) + 0.5, to = index.get(link.target) + 0.5;
    return [link, from, to > from ? to - EDGE : to + EDGE, to > from];
  });
  links.hidden = !shown.length;
  links.style.setProperty("--rows", rows.length);
  svg.setAttribute("viewBox", `0 0 1 ${rows.length || 1}`);
  svg.setAttribute("preserveAspectRatio", "none");
  path.setAttribute("d", turns.map(([link, from, to]) => `M${link.start} ${from}H${link.end}V${to}`).join(""));
  each(part(links, "div", "heads"), "i", turns, (head, [link, , to, isDown]) => {
    head.className = isDown ? "down" : "up";
    head.style.left = percent(link.end);
    head.style.top = percent(to / rows.length);
  });
  return links;
}

function drawMoney(place_, money) {
  text(hidden(part(place_, "span", "title")), money.title);
  const lane = hidden(part(place_, "div", "lane"));
  each(part(lane, "div", "amounts"), "span", money.amounts, (tick, amount) => {
    text(part(tick, "span", "words"), amount.text);
    tick.style.bottom = percent(amount.at);
  });
  each(part(lane, "div", "stacks"), "div", money.stacks, (stack, month) => {
    place(stack, month.span, month.text);
    stack.classList.toggle("above", month.is_above_cap);
    const up = month.slices.filter(slice => slice.bottom >= money.zero - TINY);
    pile(part(stack, "i", "up"), up, money.zero);
    pile(part(stack, "i", "down"), month.slices.filter(slice => !up.includes(slice)), money.zero);
    const ghost = part(stack, "i", "ghost"), total = part(stack, "span", "total");
    ghost.hidden = !month.before;
    if (month.before) stand(ghost, month.before.left, month.before.width);
    text(total, month.total);
    total.style.bottom = percent(month.top);
    const over = part(stack, "i", "over");
    over.hidden = !(money.cap && month.is_above_cap);
    over.style.bottom = percent(money.cap?.at ?? 0);
  });
  drawLines(lane, place_, money.lines);
  const zero = part(lane, "i", "zero"), cap = part(lane, "i", "cap");
  zero.style.bottom = percent(money.zero);
  cap.hidden = !money.cap;
  if (money.cap) {
    cap.style.bottom = percent(money.cap.at);
    place_.style.setProperty("--broken", money.cap.colour);
  }
  each(part(place_, "ul", "kinds"), "li", [money.cap ?? [], money.kinds, money.total ?? []].flat(), (item, kind) => {
    const colour = part(item, "i", "colour"), isCap = kind === money.cap;
    item.classList.toggle("all", kind === money.total);
    colour.classList.toggle("limit", isCap);
    colour.style.background = isCap ? "" : kind.colour ?? "";
    text(part(item, "span", "words"), kind.name);
    item.title = kind.name;
    text(part(item, "span", "sum"), kind.total);
  });
}

/* Amounts over time: each with its letter where it ends, and its name and last amount beside it. */
function drawLines(lane, place_, lines) {
  each(part(lane, "div", "lines"), "div", lines, (box, line) => {
    const svg = shape(box, "svg"), [left, top] = line.points.at(-1), letter = part(box, "span", "letter");
    svg.setAttribute("viewBox", "0 0 1 1");
    svg.setAttribute("preserveAspectRatio", "none");
    stroke(svg, line, "M" + line.points.map(([at, amount]) => `${at} ${1 - amount}`).join("L"));
    text(letter, line.letter);
    letter.style.left = percent(left);
    letter.style.bottom = percent(top);
    letter.classList.toggle("early", left < 1 - TINY);
  });
  each(part(place_, "ul", "ends"), "li", lines, (item, line) => {
    item.style.setProperty("--at", percent(line.label));
    item.title = line.name;
    stroke(shape(item, "svg"), line, "M0 4H24");
    text(part(item, "b", "letter"), line.letter);
    text(part(item, "span", "words"), line.name);
    text(part(item, "span", "sum"), line.total);
  });
}

function stroke(svg, line, way) {
  const path = shape(svg, "path");
  path.setAttribute("d", way);
  path.dataset.dash = line.dash;
  path.style.stroke = line.colour;
}

/* One box for all slices of a stack: their colours one above the other, with a thin line of the ground between. */
function pile(box, slices, zero) {
  const low = Math.min(zero, ...slices.map(slice => slice.bottom));
  const high = Math.max(zero, ...slices.map(slice => slice.bottom + slice.height));
  box.hidden = !slices.length;
  stand(box, low, high - low);
  const stops = slices.toSorted((one, other) => one.bottom - other.bottom).map((slice, index, all) => {
    const [from, to] = [slice.bottom, slice.bottom + slice.height].map(at => percent((at - low) / (high - low)));
    if (index === all.length - 1) return `${slice.colour} ${from} 100%`;
    return `${slice.colour} ${from} calc(${to} - 1px), var(--ground) calc(${to} - 1px) ${to}`;
  });
  box.style.background = slices.length ? `linear-gradient(to top, ${stops.join(", ")})` : "";
}

const SVG = "http://www.w3.org/2000/svg";
const TINY = 1e-9;
const MOST_NAMED = 13; // more months have no room for their totals on a telephone
const EDGE = 0.3; // from the middle of a row to the edge of its bar

const percent = part_ => `${+(part_ * 100).toFixed(3)}%`;
const levels = all => (all.length ? Math.max(...all) + 1 : 0);

function hidden(element) {
  element.setAttribute("aria-hidden", "true");
  return element;
}

function text(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function place(element, span, words) {
  element.style.left = percent(span.left);
  element.style.width = percent(span.width);
  if (words) element.title = words;
  else element.removeAttribute("title");
}

function stand(element, bottom, height) {
  element.style.bottom = percent(bottom);
  element.style.height = percent(height);
}

/* The child with a class, made where it is missing. */
function part(parent, tag, name) {
  const found = [...parent.children].find(child => child.classList.contains(name));
  if (found && found.localName === tag) return found;
  const made = document.createElement(tag);
  made.className = name;
  if (found) found.replaceWith(made);
  else parent.append(made);
  return made;
}

/* The drawn shape of a kind, made where it is missing. */
function shape(parent, name) {
  const own = [...parent.children].find(child => child.localName === name);
  return own ?? parent.appendChild(document.createElementNS(SVG, name));
}

/* As many children as there are items, each drawn anew; returns the parent. */
function each(parent, tag, items, draw) {
  while (parent.children.length > items.length) parent.lastChild.remove();
  items.forEach((item, index) => draw(parent.children[index] ?? parent.appendChild(document.createElement(tag)), item));
  return parent;
}
