/* The page's end of the stream: says whether the page is live, who is here, and has the page drawn anew
   when the plan or what holds for this participant has changed. Asks nobody: it waits for what it is told.

   data: address (of the stream, empty where there is nothing to hear), number and stamp (what the page shows),
   origin (of this page), run (changes with every run of the script), top (changes where the page is to show its
   beginning), unsaved (the store could not keep a change of
   the page, or not say what it shows), theme (in which the charts were drawn; empty where the browser did not say), watches (the page shows
   who is here, so it is drawn anew when that changes), presents (others look at this page: it must be known to be
   there), plan (its money and its date, which are announced when they have changed), words (pairs of a name and its text), and what `dropped.js` needs.

   Laws. The page asks for a run only where it shows less than it was told, was forgotten by a server that started
   again, has the charts of the other theme, or holds what is not saved; one that stays behind all the same asks ever
   more seldom. It never asks while a slider is held, while the script runs (a run that is asked for ends the one
   before it), or without a connection. A stream that breaks or falls silent is opened anew, ever more seldom, and at
   once when there is a reason to. The badge says "live" only once a page that was away is drawn anew as a whole: what
   is done before that is lost. A page whose connection has failed for good is loaded anew as soon as the server
   answers, and says so. */

const COLOURS = ["--st-primary-color", "--st-background-color", "--st-secondary-background-color"];

const OWN_RUN_MS = 1500; // the run that my own change has started is awaited so long before another is asked for
const SETTLE_MS = 100; // between the end of a run and the page that it has drawn
const PATIENCE_MS = 10000; // a script that runs for so long is not waited for
const UNSAVED_MS = 5000; // before the first try to save again
const FIRST_WAIT_MS = 1000; // between tries; doubled with each
const LONGEST_WAIT_MS = 60000;
const FIRST_OPENING_MS = 500; // before a broken stream is opened again; doubled with each try
const LONGEST_OPENING_MS = 15000;
const SILENCE_MS = 45000; // three beats of the server: a stream that says nothing for so long is dead
const OFFLINE_MS = 30000; // without a stream before the badge says so
const HIDDEN_MS = 20000; // a tab that nobody sees gives its stream up: a browser has six connections to a server
const REST_MS = 600; // a slider counts as held so long after it was let go, or after the last key press
const TYPING_MS = 3000; // the same for a field that somebody types in
const REVIVAL_MS = 30000; // a page that fails again so soon is left as it is: loading it once more would not help
const ANSWER_MS = 2000; // between questions whether the server answers
const NOTICE_MS = 20000; // for so long a page says that it was loaded anew
const SPEAKING_MS = 1000; // after the last run a change of the plan is announced: once, not at each step of a slider
const LEAVING_MS = 100; // within which a run begins that takes what was typed into a field that is left
const REVIVED = "zt-planner-revived"; // in the tab's storage: when it was loaded anew
const HELD = "[data-testid='stSlider'], [role='slider'], input[type='range']";
const TYPED = "input[type='text'], input[type='number'], input[inputmode], textarea";
const PASSING = ["Tab", "Escape", "Shift", "Control", "Alt", "Meta"]; // keys that change no value
const THEMES = ["light", "dark"]; // with forced colours, a browser says both
const HANDLES = "[data-testid='stSlider'] input[type='range']"; // each is called what its group is called, and twice
const MENU = "[data-testid='stExpandSidebarButton']"; // Streamlit names it in English
const LARGEST = "[data-testid='stFileUploaderDropzoneInstructions'] span"; // how large a file may be, in English
const CHOOSE = "[data-testid='stFileUploaderDropzone'] button:has(p)"; // "Upload", in English
const PAGE_HERE = "[data-testid='stSidebarNav'] [aria-current='page']"; // a telephone has its pages in a bar
const PAGE_IN_BAR = "[data-testid='stSidebarNavLink']";
const SIDEBAR = "[data-testid='stSidebar']";
const CLOSE_SIDEBAR = "[data-testid='stSidebarCollapseButton'] button";
const CLOSE = "[role='dialog'] [aria-label='Close']"; // in English, as the help beside a field
const HELP_FOR = "Help for ";
const HELP = `[aria-label^='${HELP_FOR}']`;
const PAGE_LINKS = "[data-testid='stPageLink-NavLink']"; // Streamlit says of those above only which one is shown
const REASON = "st-key-refused-"; // the class of a reason, followed by the key of its field
const SCROLLED = "[data-testid='stMain']"; // what scrolls, as the page itself does not
const APP = "[data-testid='stApp']"; // tells in two attributes whether the script runs and the page is connected
const kept = new WeakMap();

const doubled = (first, longest, tries) => Math.min(first * 2 ** Math.min(tries, 20), longest);
const runOf = (data) => `${data.origin}/${data.run}`;
const rosterOf = (said) => (said?.people ?? []).map((person) => `${person.id} ${person.name}`).join();

function isConnected(held) {
  const state = held.app?.dataset.testConnectionState;
  return state === undefined || state === "CONNECTED";
}

function isRunning(held) {
  return ["running", "rerunRequested", "stopRequested"].includes(held.app?.dataset.testScriptState);
}

function isDead(held) {
  return held.app?.dataset.testConnectionState === "DISCONNECTED_FOREVER";
}

// A page that was away is drawn anew as a whole.
function settle(held) {
  if (held.isForgotten || isRunning(held) || !isConnected(held)) return;
  held.isAway = false;
  held.show(held.state);
}

// The tab's storage; null in a browser that keeps nothing.
function storageOf(window) {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

// How long ago this tab was loaded anew by itself; without end where it was not.
function revivedAgo(window) {
  const at = storageOf(window)?.getItem(REVIVED) ?? null;
  const ago = Date.now() - Number(at);
  return at === null || ago < 0 ? Infinity : ago; // a clock that was set back
}

async function revive(held, window) {
  if (held.isReviving || revivedAgo(window) < REVIVAL_MS) return;
  held.isReviving = true;
  const answer = await window.fetch("health", { cache: "no-store" }).catch(() => null);
  held.isReviving = false;
  if (!isDead(held)) return;
  if (!storageOf(window)) return; // without it the page could be loaded anew for ever
  if (!answer?.ok) {
    held.revival = setTimeout(() => revive(held, window), ANSWER_MS);
    return;
  }
  storageOf(window).setItem(REVIVED, Date.now());
  held.reload();
}

// Why the page must be drawn anew; empty where it need not.
function reasonOf({ scheme, said, data, isForgotten, roster }) {
  if (isForgotten) return "forgotten";
  const isBehind = said && (said.ended || said.number > data.number || said.stamp !== data.stamp);
  if (isBehind) return `${said.number}/${said.stamp}/${said.ended}`;
  if (said && data.watches && rosterOf(said) !== roster) return rosterOf(said);
  if (data.theme && THEMES.includes(scheme) && scheme !== data.theme) return "theme";
  return data.unsaved ? "unsaved" : "";
}

function firstWaitOf({ why, said, data }) {
  if (why === "unsaved") return UNSAVED_MS;
  const isMine = !["forgotten", "theme"].includes(why) && said && !said.ended && said.origin === data.origin && said.stamp === data.stamp;
  return isMine ? OWN_RUN_MS : 0;
}

// Compare what was said with what the page shows, and have it drawn anew where they differ.
function compare(held) {
  clearTimeout(held.timer);
  const why = reasonOf(held);
  if (why !== held.why) {
    held.why = why;
    held.asked = 0;
    held.notBefore = Math.max(held.settled, performance.now() + firstWaitOf(held));
  }
  if (!why || held.isHeld || !isConnected(held)) return; // whatever ends the last two compares again
  const patience = isRunning(held) && (why !== "forgotten" || held.asked) ? PATIENCE_MS : 0;
  held.timer = setTimeout(() => ask(held), Math.max(held.notBefore - performance.now(), patience));
}

function ask(held) {
  held.notBefore = performance.now() + doubled(FIRST_WAIT_MS, LONGEST_WAIT_MS, held.asked);
  held.asked += 1;
  held.runs += 1;
  held.setTriggerValue("news", `${held.why}/${held.runs}`);
  compare(held);
}

// The server has started again, or the connection was lost: whatever the page shows may be old.
function forgotten(held) {
  held.isForgotten = true;
  held.isAway = true;
  held.forgottenRun = runOf(held.data);
  held.show(held.state);
  compare(held);
}

function watchApp(held, document, window) {
  held.app = document.querySelector(APP);
  if (!held.app) return;
  const look = () => (held.scheme = getComputedStyle(held.app).colorScheme); // has the browser work all styles out
  look();
  let wasConnected = isConnected(held);
  let wasRunning = isRunning(held);
  held.watcher = new MutationObserver((changes) => {
    if (changes.some((change) => change.attributeName === "class")) look();
    if (wasRunning && !isRunning(held)) {
      held.settled = performance.now() + SETTLE_MS;
      held.notBefore = Math.max(held.notBefore, held.settled);
    }
    const isBack = !wasConnected && isConnected(held);
    wasConnected = isConnected(held);
    wasRunning = isRunning(held);
    held.show(held.state);
    if (isDead(held)) return revive(held, window);
    if (held.isAway) settle(held);
    if (!isBack) return compare(held);
    if (held.address && held.state !== "live") open(held);
    forgotten(held);
  });
  const told = ["data-test-script-state", "data-test-connection-state", "class"]; // the theme is a class
  held.watcher.observe(held.app, { attributeFilter: told });
  held.teller = new MutationObserver(() => {
    held.frame ??= requestAnimationFrame(() => {
      held.frame = null;
      tellReaders(held, document);
      returnFocus(held, document);
    });
  });
  held.teller.observe(document.body, { childList: true, subtree: true });
}

// What is held, and for how long.

function letGo(held, soon) {
  clearTimeout(held.rest);
  held.rest = setTimeout(() => {
    held.isHeld = false;
    compare(held);
  }, soon);
}

function grab(held, event) {
  const touches = (what) => event.composedPath().some((place) => place.matches?.(what));
  if (event.type === "keydown" && (held.isGrabbed || PASSING.includes(event.key))) return;
  const isSlider = touches(HELD);
  if (!isSlider && !(event.type === "keydown" && touches(TYPED))) return;
  clearTimeout(held.rest);
  held.isHeld = true;
  held.isGrabbed = event.type === "pointerdown";
  if (!held.isGrabbed) letGo(held, isSlider || event.key === "Enter" ? REST_MS : TYPING_MS);
}

function drop(held, event) {
  if (!held.isGrabbed || (event.type === "pointermove" && event.buttons)) return;
  held.isGrabbed = false;
  letGo(held, REST_MS);
}

/* Has a press on a link that leaves a field wait for the run that takes what was typed there. Streamlit sends that after
   it has asked for the other page, and so comes back, or the other page takes its place. */
function press(held, event) {
  const link = event.target.closest?.("a[href]");
  const isPlain = event.isTrusted && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || !(event.timeStamp - held.left < LEAVING_MS)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  follow(held, link, performance.now(), false);
}

function follow(held, link, since, hasBegun) {
  const waited = performance.now() - since;
  const isTaken = !isRunning(held) && (hasBegun || waited > LEAVING_MS); // or there was nothing to take
  if (isTaken || waited > PATIENCE_MS) return link.click();
  requestAnimationFrame(() => follow(held, link, since, hasBegun || isRunning(held)));
}

/* A press on a page in a telephone's bar: Streamlit turns the sidebar over then, which it takes to be open. It is closed
   again before anybody sees it. */
function keepClosed(document, { target }) {
  const sidebar = document.querySelector(SIDEBAR);
  if (!target.closest?.(PAGE_IN_BAR) || sidebar?.dataset.collapsed !== "true") return;
  requestAnimationFrame(() => sidebar.querySelector(CLOSE_SIDEBAR)?.click());
}

// Announces what a change has made of the plan: not what a page begins with, nor the same in another language.
function announce(held, region) {
  clearTimeout(held.speaking);
  const { plan, language } = held.data;
  if (!plan) return;
  if (held.spokenIn !== language) held.spoken = plan;
  held.spokenIn = language;
  if (held.spoken === plan) return;
  held.speaking = setTimeout(() => {
    if (held.isHeld || isRunning(held)) return announce(held, region);
    region.textContent = held.spoken = plan;
  }, SPEAKING_MS);
}

// The stream.

function open(held) {
  clearTimeout(held.again);
  held.source?.close();
  const source = new EventSource(held.address);
  held.source = source;
  heard(held);
  source.onmessage = (event) => told(held, JSON.parse(event.data));
  source.addEventListener("beat", () => heard(held));
  source.onerror = () => lost(held, source.readyState === EventSource.CLOSED);
}

// Something came: the stream is alive for so long.
function heard(held) {
  clearTimeout(held.silence);
  held.silence = setTimeout(() => lost(held, false), SILENCE_MS);
}

function told(held, said) {
  heard(held);
  held.failed = 0;
  held.isRefused = false;
  clearTimeout(held.offline);
  held.offline = 0;
  if (said.trouble) {
    held.hadTrouble = true;
    return held.show("reconnecting");
  }
  const isOther = held.process !== undefined && said.process !== undefined && said.process !== held.process;
  held.process = said.process ?? held.process;
  held.said = said;
  if (said.ended) stop(held);
  held.state = said.ended ? "offline" : "live";
  held.showPeople(said.people ?? []);
  if (isOther || held.hadTrouble) {
    held.hadTrouble = false;
    return forgotten(held);
  }
  held.show(held.state);
  compare(held);
}

// The stream broke. Where the server refused it, the page asks once why: the seat may have ended.
function lost(held, isRefused) {
  stop(held);
  held.show(held.state === "offline" ? "offline" : "reconnecting");
  held.offline ||= setTimeout(() => held.show("offline"), OFFLINE_MS);
  const wait = doubled(FIRST_OPENING_MS, LONGEST_OPENING_MS, held.failed) * (0.75 + Math.random() / 2);
  held.failed += 1;
  held.again = setTimeout(() => open(held), wait);
  if (isRefused && !held.isRefused) {
    held.isRefused = true;
    forgotten(held);
  }
}

function stop(held) {
  held.source?.close();
  held.source = null;
  clearTimeout(held.again);
  clearTimeout(held.silence);
}

function isEnded(held) {
  return Boolean(held.said?.ended);
}

// A tab that nobody sees gives its stream up after a while, unless it presents, and catches up when it is seen again.
function turned(held, document) {
  clearTimeout(held.unseen);
  if (document.hidden) {
    if (!held.data?.presents) held.unseen = setTimeout(() => stop(held), HIDDEN_MS);
  } else if (held.address && !held.source && !isEnded(held)) {
    open(held);
  }
}

function begun(parentElement) {
  const held = { address: "", asked: 0, runs: 0, failed: 0, notBefore: 0, settled: 0, isHeld: false, why: "" };
  const document = parentElement.ownerDocument ?? parentElement.host.ownerDocument;
  const window = document.defaultView;
  const grabs = (event) => grab(held, event);
  const drops = (event) => drop(held, event);
  const turns = () => turned(held, document);
  const returns = () => held.address && held.state !== "live" && !isEnded(held) && open(held);
  const listening = [
    [document, "pointerdown", grabs],
    [document, "keydown", grabs],
    [document, "pointerup", drops],
    [document, "pointercancel", drops],
    [document, "pointermove", drops],
    [document, "focusout", (event) => { if (event.target.matches?.(TYPED)) held.left = event.timeStamp; }],
    [document, "click", (event) => { noteOpener(held, event); keepClosed(document, event); press(held, event); }, false],
    [document, "pointerdown", () => goOn(held)],
    [document, "keydown", () => goOn(held)],
    [document, "visibilitychange", turns],
    [window, "online", returns],
    [document, "dragover", dragged, false],
    [document, "drop", (event) => dropped(held, event), false],
    [document, "change", (event) => chosen(held, event)],
  ];
  for (const [place, name, listener, passive = true] of listening) place.addEventListener(name, listener, { capture: true, passive });
  held.isNoticed = revivedAgo(window) < NOTICE_MS;
  if (held.isNoticed) held.noticed = setTimeout(() => { held.isNoticed = false; held.showNotice(); }, NOTICE_MS);
  held.reload = () => window.location.reload();
  held.begin = () => watchApp(held, document, window);
  held.end = () => {
    stop(held);
    held.watcher?.disconnect();
    held.teller?.disconnect();
    cancelAnimationFrame(held.frame);
    for (const timer of [held.timer, held.rest, held.offline, held.unseen, held.revival, held.noticed, held.telling, held.speaking]) clearTimeout(timer);
    for (const [place, name, listener] of listening) place.removeEventListener(name, listener, { capture: true });
  };
  held.turns = turns;
  return held;
}

// What Streamlit leaves unsaid, or says in English, whenever a part of the page is new.
function tellReaders(held, document) {
  for (const handle of document.querySelectorAll(HANDLES)) {
    handle.removeAttribute("aria-labelledby"); // its own name and its group's, which are the same
    handle.closest("[role='group']")?.removeAttribute("aria-label");
  }
  const here = document.querySelector(PAGE_HERE);
  if (here !== held.here) here?.scrollIntoView({ inline: "center", block: "nearest" });
  held.here = here;
  const menu = document.querySelector(MENU);
  if (menu) menu.ariaLabel = held.data.words.menu;
  for (const most of document.querySelectorAll(LARGEST)) {
    most.dataset.words = held.data.words.most.replace("{n}", parseInt(most.textContent));
    most.role = "img"; // what it is drawn with is no text
    most.ariaLabel = most.dataset.words;
  }
  for (const button of document.querySelectorAll(CHOOSE)) button.ariaLabel = held.data.words.choose;
  for (const button of document.querySelectorAll(CLOSE)) button.ariaLabel = held.data.words.close;
  for (const help of document.querySelectorAll(HELP)) {
    help.ariaLabel = held.data.words.help.replace("{name}", help.ariaLabel.slice(HELP_FOR.length));
  }
  for (const link of document.querySelectorAll(PAGE_LINKS)) {
    link.ariaCurrent = link.pathname === document.location.pathname ? "page" : null;
  }
  for (const field of document.querySelectorAll(`[aria-describedby^='${REASON}']`)) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  for (const reason of document.querySelectorAll(`[class*='${REASON}']`)) {
    reason.id = [...reason.classList].find((name) => name.startsWith(REASON));
    const field = document.querySelector(`.st-key-${reason.id.slice(REASON.length)} :is(input, textarea)`);
    field?.setAttribute("aria-invalid", "true");
    field?.setAttribute("aria-describedby", reason.id);
  }
}

/* Tells page.css what it cannot know: words that Streamlit has in English only, and the colours of the theme. */
function tellStyles(words, parentElement) {
  const root = document.documentElement.style;
  for (const [name, word] of Object.entries({ menu: words.menu, choose: words.choose })) {
    root.setProperty(`--${name}`, JSON.stringify(word));
  }
  const theme = getComputedStyle(parentElement.host ?? parentElement);
  for (const name of COLOURS) root.setProperty(name, theme.getPropertyValue(name));
}

export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const data = { ...component.data, words: Object.fromEntries(component.data.words) };
  const isNew = !kept.has(parentElement);
  if (isNew) kept.set(parentElement, begun(parentElement));
  const held = kept.get(parentElement);
  const isDrawnAnew = isNew || runOf(held.data) !== runOf(data);
  if (!isNew && held.data.top !== data.top) document.querySelector(SCROLLED)?.scrollTo(0, 0);
  held.data = data;
  held.setTriggerValue = setTriggerValue;
  document.documentElement.lang = data.language; // Streamlit says "en" in every language
  const styles = `${data.theme} ${data.language}`;
  if (held.styles !== styles) tellStyles(data.words, parentElement); // else every run would cost a layout more
  held.styles = styles;
  tellReaders(held, document);

  const place = (name) => parentElement.querySelector(`[data-place="${name}"]`);
  const show = (state) => {
    held.state = state;
    const badge = place("badge");
    const seen = state === "live" && (held.isAway || !isConnected(held)) ? "reconnecting" : state;
    const text = held.data.address && seen ? held.data.words[seen] : "";
    badge.dataset.state = text ? seen : "own";
    badge.hidden = !text;
    if (badge.textContent !== text) badge.textContent = text; // a text that is set again would be announced again
  };

  const showPeople = (people) => {
    const list = place("people");
    const shown = held.data.address && people.length > 1 ? people : [];
    const count = place("count");
    list.hidden = count.hidden = shown.length === 0;
    count.textContent = list.hidden ? "" : held.data.words.here.replace("{n}", shown.length);
    list.replaceChildren(
      ...shown.map((person) => {
        const item = document.createElement("li");
        const dot = element("dot");
        dot.style.background = person.colour;
        dot.setAttribute("aria-hidden", "true");
        const name = document.createElement("bdi");
        name.textContent = person.name;
        name.title = person.name;
        item.append(dot, name);
        if (person.is_me) item.append(element("me", `(${held.data.words.me})`));
        if (person.touched) item.append(element("touched", person.touched));
        return item;
      }),
    );
  };

  held.showNotice = () => {
    const notice = place("notice");
    notice.hidden = !held.isNoticed;
    notice.textContent = held.isNoticed ? held.data.words.revived : "";
  };

  held.box = place("told");
  held.show = show;
  held.showPeople = showPeople;
  if (isNew) held.begin();
  if (isDrawnAnew) held.roster = rosterOf(held.said);
  if (held.isForgotten && held.forgottenRun !== runOf(data)) held.isForgotten = false;
  if (held.isAway) settle(held);
  held.showNotice();
  if (held.address !== data.address) {
    stop(held);
    held.address = data.address;
    held.said = null;
    if (data.address) open(held);
    held.turns();
  }
  show(held.state);
  showPeople(held.said?.people ?? []);
  announce(held, place("plan"));
  compare(held);
  return () => {
    held.end();
    kept.delete(parentElement);
  };
}
