/* Whoever closes a dialog or a menu is back at what opened it, or at what a run has drawn in its place: the part of the
   same name in the container of the same key, else the first button there, else the page. Only where the focus is lost:
   Streamlit brings it back to what it knows of. */

const LAYERS = "[data-testid='stDialog'], [data-testid='stPopoverBody']"; // they lie outside the page
const REACHED = "button, a[href], input, [tabindex]";

// Keeps what is pressed on the page itself: a dialog that is opened out of a menu belongs to the menu's button.
function noteOpener(held, event) {
  const path = event.composedPath();
  const part = path[0].closest?.(REACHED);
  if (!part || !path.some((place) => place.id === "root")) return;
  const key = path.flatMap((place) => [...(place.classList ?? [])]).find((name) => name.startsWith("st-key-"));
  held.opener = { part, key, name: part.dataset.name };
}

// Keeps a focus that was brought back from being brought back once more: whoever presses something goes on from there.
function goOn(held) {
  held.isReturning = false;
}

function returnFocus(held, document) {
  const hasLayer = Boolean(document.querySelector(LAYERS));
  held.isReturning ||= held.hadLayer && !hasLayer;
  held.hadLayer = hasLayer;
  if (!held.isReturning || hasLayer || document.activeElement !== document.body) return;
  (successorOf(held.opener, document) ?? document.querySelector(SCROLLED))?.focus({ preventScroll: true });
}

function successorOf(opener, document) {
  if (!opener) return null;
  const { part, key, name } = opener;
  if (part.isConnected && part.dataset.name === name) return part;
  const place = key && document.querySelector(`.${CSS.escape(key)}`);
  const parts = place ? within(place) : [];
  return parts.find((other) => name && other.dataset.name === name) ?? parts[0] ?? null;
}

// What can be reached by keyboard in a part, in our components too.
function within(part) {
  return [...part.querySelectorAll("*")].flatMap((one) => {
    const own = one.matches(REACHED) && !one.disabled ? [one] : [];
    return one.shadowRoot ? [...own, ...within(one.shadowRoot)] : own;
  });
}
