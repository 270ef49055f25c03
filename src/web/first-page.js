// The list of cascades at `/`. Plain modules, no build: what is served is what is read here.
const refreshMs = 5_000;
const patienceMs = 15_000;
const noticeableMs = 200;
const shownCascades = 20;
const sorts = ['shares', 'lastShareAt'];
const numbers = new Intl.NumberFormat('en');
const relativeTimes = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const exactTimes = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
const units = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

const byId = (id) => document.getElementById(id);

function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function shorten(id) {
  const signs = Array.from(id);
  return signs.length <= 20 ? id : `${signs.slice(0, 10).join('')}…${signs.slice(-8).join('')}`;
}

function tellAge(atMs) {
  const agoMs = atMs - Date.now();
  const [unit, lengthMs] = units.find(([, length]) => Math.abs(agoMs) >= length) ?? units.at(-1);
  return relativeTimes.format(Math.round(agoMs / lengthMs), unit);
}

async function copyText(button, text) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'copied';
  } catch {
    button.textContent = 'not copied';
  }
  setTimeout(() => {
    button.textContent = label;
  }, 900);
}

function idCell(id) {
  const button = element('button', {
    type: 'button',
    className: 'id copy',
    title: `${id} (click to copy)`,
    textContent: shorten(id),
  });
  button.addEventListener('click', () => copyText(button, id));
  return element('td', {}, [button]);
}

function timeCell(text) {
  if (text === null || text === undefined) return element('td', { className: 'muted', textContent: 'never' });
  const atMs = Date.parse(text);
  const time = element('time', { dateTime: text, title: `${exactTimes.format(atMs)} UTC`, textContent: tellAge(atMs) });
  return element('td', {}, [time]);
}

function numberCell(value, className = '') {
  return element('td', { className: `number ${className}`, textContent: numbers.format(value) });
}

function barCell(value, max) {
  const bar = element('meter', { min: 0, max: Math.max(1, max), value });
  const cell = element('td', { className: 'wide' }, [bar]);
  cell.setAttribute('aria-hidden', 'true');
  return cell;
}

function linksCell(rootPostId) {
  const address = `/v1/cascades/${encodeURIComponent(rootPostId)}`;
  const links = [
    element('a', { href: address, textContent: 'summary' }),
    element('a', { href: `${address}/depths`, textContent: 'depths' }),
  ];
  return element('td', {}, [element('span', { className: 'links' }, links)]);
}

function cascadeRow(item, place, mostShares) {
  return element('tr', {}, [
    element('td', { className: 'number muted', textContent: numbers.format(place) }),
    idCell(item.rootPostId),
    item.authorId ? idCell(item.authorId) : element('td', { className: 'muted', textContent: 'unknown' }),
    timeCell(item.createdAt),
    numberCell(item.shares, 'shares'),
    barCell(item.shares, mostShares),
    numberCell(item.depth),
    timeCell(item.lastShareAt),
    linksCell(item.rootPostId),
  ]);
}

function firstEventCommand() {
  const now = Date.now();
  const at = (offsetMs) => new Date(now + offsetMs).toISOString();
  const post = { eventId: 'first-1', eventName: 'post_created', userId: 'ada', timestamp: at(-60_000) };
  const share = { eventId: 'first-2', eventName: 'post_share', userId: 'ben', timestamp: at(-30_000) };
  return [
    `curl '${location.origin}/v1/events?wait=projected' \\`,
    `  -H 'content-type: application/x-ndjson' \\`,
    `  --data-binary '${JSON.stringify({ ...post, data: { postId: 'hello' } })}`,
    `${JSON.stringify({ ...share, data: { postId: 'hello', shareId: 'hello-again' } })}'`,
  ].join('\n');
}

function showEmpty(isEmpty) {
  const section = byId('empty');
  // Written once when it appears, so that a refresh does not pull the text from under a selection.
  if (isEmpty && section.hidden) byId('first-event').textContent = firstEventCommand();
  section.hidden = !isEmpty;
}

function showFailure(failure) {
  byId('failure').hidden = failure === null;
  byId('cascades').classList.toggle('stale', failure !== null);
  if (failure === null) return;
  byId('failure-title').textContent = failure.title;
  byId('failure-detail').textContent = failure.detail;
}

function showList({ items, total }) {
  const mostShares = items.reduce((most, item) => Math.max(most, item.shares), 0);
  byId('rows').replaceChildren(...items.map((item, index) => cascadeRow(item, index + 1, mostShares)));
  byId('cascades').hidden = items.length === 0;
  showEmpty(items.length === 0);
  const count =
    typeof total === 'number'
      ? `${numbers.format(items.length)} of ${numbers.format(total)}`
      : numbers.format(items.length);
  byId('status').textContent =
    items.length === 0 ? '' : `${count} shown · refreshed ${new Date().toLocaleTimeString('en-GB')}`;
}

async function readFailure(response) {
  const problem = await response.json().catch(() => ({}));
  const title = problem.title ?? `The service answered ${response.status}`;
  const request = problem.requestId ? ` (request ${problem.requestId})` : '';
  const detail = `${problem.detail ?? 'Health names the store that is missing; this page tries again by itself.'}${request}`;
  return { title, detail };
}

function describeFault(error) {
  const isSlow = error instanceof DOMException && error.name === 'TimeoutError';
  return isSlow
    ? {
        title: 'No answer yet',
        detail: `The service took longer than ${patienceMs / 1_000} s. This page tries again by itself.`,
      }
    : {
        title: 'The service does not answer',
        detail: 'Is it running? Start it with npm start; this page tries again by itself.',
      };
}

function isList(body) {
  return body !== null && typeof body === 'object' && Array.isArray(body.items);
}

/** What came back: a list to show, or a failure to tell. */
async function readCascades(sort) {
  try {
    const address = `/v1/cascades?sort=${sort}&limit=${shownCascades}`;
    const response = await fetch(address, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!response.ok) return { failure: await readFailure(response) };
    const body = await response.json();
    return isList(body)
      ? { list: body }
      : { failure: { title: 'Not a list', detail: `${address} answered something else.` } };
  } catch (error) {
    return { failure: describeFault(error) };
  }
}

function chosenSort() {
  const asked = new URLSearchParams(location.search).get('sort');
  return sorts.includes(asked) ? asked : 'shares';
}

function showSort(sort) {
  for (const button of document.querySelectorAll('[data-sort]')) {
    button.setAttribute('aria-pressed', String(button.dataset.sort === sort));
  }
}

let asked = 0;
let nextRefresh;
/** Only the newest question may answer: an older one that comes late would put the wrong order on the page. */
async function refresh() {
  clearTimeout(nextRefresh);
  asked += 1;
  const mine = asked;
  const sort = chosenSort();
  const wait = setTimeout(() => {
    if (byId('cascades').hidden && byId('empty').hidden) byId('status').textContent = 'Asking for the cascades …';
  }, noticeableMs);
  const { list, failure } = await readCascades(sort);
  clearTimeout(wait);
  if (mine !== asked) return;
  showFailure(failure ?? null);
  if (list) showList(list);
  else byId('status').textContent = byId('cascades').hidden ? '' : 'Not fresh: what you see is the last answer.';
  nextRefresh = setTimeout(refreshWhenSeen, refreshMs);
}

function refreshWhenSeen() {
  const isBusy = document.hidden || byId('rows').contains(document.activeElement) || !getSelection()?.isCollapsed;
  if (isBusy) nextRefresh = setTimeout(refreshWhenSeen, refreshMs);
  else void refresh();
}

function chooseSort(sort) {
  const address = new URL(location.href);
  address.searchParams.set('sort', sort);
  history.pushState(null, '', address);
  showSort(sort);
  void refresh();
}

function start() {
  for (const button of document.querySelectorAll('[data-sort]')) {
    button.addEventListener('click', () => chooseSort(button.dataset.sort));
  }
  byId('retry').addEventListener('click', () => void refresh());
  byId('copy-first-event').addEventListener(
    'click',
    (event) => void copyText(event.currentTarget, byId('first-event').textContent),
  );
  addEventListener('popstate', () => {
    showSort(chosenSort());
    void refresh();
  });
  showSort(chosenSort());
  void refresh();
}

start();
