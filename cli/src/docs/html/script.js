'use strict';
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const main = document.getElementById('main');
const input = document.getElementById('search');
const found = document.getElementById('found');
const contents = document.getElementById('contents');
document.documentElement.classList.add('js');

// Contents: beside the page on wide screens, closed above it on narrow ones.
const wide = matchMedia('(min-width: 60rem)');
const arrange = () => { contents.open = wide.matches; };
arrange();
wide.addEventListener('change', arrange);
contents.addEventListener('click', (event) => {
  if (event.target.closest('a') && !wide.matches) contents.open = false;
});

// The part that is read is marked in the contents. Anchors have only signs that an address has as they are.
const links = new Map(all('nav a').map((link) => [link.hash.slice(1), link]));
let current;
const mark = (link) => {
  if (link === current) return;
  current?.removeAttribute('aria-current');
  link.setAttribute('aria-current', 'true');
  current = link;
  if (wide.matches) link.scrollIntoView({ block: 'nearest' });
};
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting && links.has(entry.target.id)) mark(links.get(entry.target.id));
}, { rootMargin: '-10% 0px -80% 0px' });
for (const part of all('[data-section], [data-item]')) seen.observe(part);

// Search: an item fits if it has all words, or a field of it does. Then its other fields are hidden.
// The text of an element without that of the items, fields and examples inside of it, which are found for themselves.
const own = (element) => {
  let text = '';
  for (const child of element.children) {
    if (child.matches('[data-field], [data-item], figure, .anchor')) continue;
    text += child.querySelector('[data-field], [data-item], figure') ? own(child) : ' ' + child.textContent;
  }
  return text + ' ';
};
let index;
const build = () => all('[data-item]').map((item) => ({
  item,
  text: (own(item) + item.id).toLowerCase(),
  fields: all('[data-field]', item).filter((field) => field.closest('[data-item]') === item)
    .map((field) => ({ field, text: own(field).toLowerCase() })),
}));

// What a search has opened is closed after it.
const opened = new Map();
const open = (details) => {
  if (!opened.has(details)) opened.set(details, details.open);
  details.open = true;
};
const reset = () => {
  for (const [details, was] of opened) details.open = was;
  opened.clear();
  for (const element of all('[data-item], [data-field], [data-section], nav li, nav p')) element.hidden = false;
  for (const item of all('[data-partial]')) item.removeAttribute('data-partial');
};

// Leaves those fields of an item that fit, with what they are in and what is in them. Returns whether the item stays.
const filter = ({ item, text, fields }, words) => {
  const fits = (text) => words.every((word) => text.includes(word));
  if (fits(text)) return true;
  // A word of the item does not make its fields fit: one of the field's own is needed.
  const fit = fields.filter((one) => words.some((word) => one.text.includes(word)) && fits(text + one.text));
  const keep = new Set();
  for (const { field } of fit) {
    for (let at = field; at !== item; at = at.parentElement) {
      keep.add(at);
      if (at.matches('details')) open(at);
    }
    for (const inner of all('[data-field]', field)) keep.add(inner);
  }
  item.toggleAttribute('data-partial', true);
  for (const { field } of fields) field.hidden = !keep.has(field);
  return fit.length > 0;
};

const search = () => {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const isSearching = words.length > 0;
  index ??= build();
  reset();
  document.documentElement.classList.toggle('searching', isSearching);
  const fit = isSearching ? index.filter((one) => filter(one, words)) : [];
  if (isSearching) {
    const shown = new Set();
    for (const { item } of fit) for (let at = item; at !== main; at = at.parentElement) shown.add(at);
    for (const element of all('[data-item], [data-section]')) element.hidden = !shown.has(element);
    for (const [id, link] of links) link.parentElement.hidden = !shown.has(document.getElementById(id));
  }
  const count = fit.length === 1 ? '1 item' : fit.length + ' items';
  found.textContent = !isSearching ? '' : fit.length ? count : 'Nothing fits.';
  all('.nothing')[0].hidden = !isSearching || fit.length > 0;
  paint(words);
};

// The words that were searched are marked, without a change of the page.
const paint = (words) => {
  if (!CSS.highlights) return;
  CSS.highlights.delete('found');
  const ranges = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (words.length && walker.nextNode() && ranges.length < 2000) {
    const node = walker.currentNode;
    const text = node.data.toLowerCase();
    for (const word of words) {
      // Small letters can be more than the letter they are of, and then end behind the node.
      for (let at = text.indexOf(word); at >= 0 && at + word.length <= node.length; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  if (ranges.length) CSS.highlights.set('found', new Highlight(...ranges));
};

input.parentElement.hidden = false;
input.addEventListener('input', search);
input.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  if (input.value) { input.value = ''; search(); } else input.blur();
});
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input')) return;
  event.preventDefault();
  input.focus();
  input.select();
});

// A link to a field opens what it is in, also while others are hidden.
const reveal = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  if (target.closest('[hidden]')) { input.value = ''; search(); }
  for (let at = target; at; at = at.parentElement) if (at.matches('main details')) at.open = true;
  target.scrollIntoView();
};
addEventListener('hashchange', reveal);
if (location.hash) reveal();

// Copying: the address of a heading, and examples.
const copy = async (text, button, label) => {
  try { await navigator.clipboard.writeText(text); } catch { return; }
  button.textContent = label;
  setTimeout(() => { button.textContent = button.dataset.label; }, 1500);
};
if (navigator.clipboard) {
  for (const anchor of all('.anchor')) {
    anchor.dataset.label = anchor.textContent;
    anchor.addEventListener('click', () => copy(anchor.href, anchor, 'copied'));
  }
  for (const button of all('.copy')) {
    button.hidden = false;
    button.dataset.label = button.textContent;
    button.addEventListener('click', () => copy(button.closest('figure').querySelector('code').textContent, button, 'Copied'));
  }
}

// On paper everything is open.
const closed = [];
addEventListener('beforeprint', () => {
  for (const details of all('main details:not([open])')) { details.open = true; closed.push(details); }
});
addEventListener('afterprint', () => {
  for (const details of closed.splice(0)) details.open = false;
});
