import { makeElement } from './make-element.js';
import { makeExample } from './make-example.js';
import { nameType, showSchema } from './show-schema.js';
import { tryRoute } from './try-route.js';

const place = (id) => document.getElementById(id);

async function start() {
  const response = await fetch('/v1/openapi.json');
  if (!response.ok) throw new Error(`/v1/openapi.json answered ${response.status}`);
  const api = await response.json();
  const components = api.components ?? {};
  const routes = routesOf(api);
  place('version').textContent = `${api.info.title} ${api.info.version}`;
  document.title = `${api.info.title}: API reference`;
  const intro = makeElement('p', { class: 'muted' }, api.info.description ?? '');
  place('routes').replaceChildren(intro, ...routes.map((route) => showRoute(route, components)));
  place('contents').replaceChildren(...contentsOf(routes));
  listenToSearch(routes);
  if (location.hash !== '') place(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

function routesOf(api) {
  const routes = Object.entries(api.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
  );
  const order = new Map(api.tags.map(({ name }, index) => [name, index]));
  const rank = ({ operation }) => order.get(operation.tags[0]) ?? order.size;
  return routes.sort((one, other) => rank(one) - rank(other));
}

function contentsOf(routes) {
  let tag;
  return routes.flatMap(({ path, method, operation }) => {
    const link = makeElement(
      'a',
      { href: `#${operation.operationId}`, title: operation.summary },
      methodOf(method),
      path,
    );
    link.dataset.for = operation.operationId;
    const isNew = operation.tags[0] !== tag;
    tag = operation.tags[0];
    return isNew ? [makeElement('h2', {}, tag ?? 'other'), link] : [link];
  });
}

function methodOf(method) {
  return makeElement('span', { class: `method ${method}` }, method.toUpperCase());
}

function showRoute({ path, method, operation }, components) {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const scope = makeElement('span', { class: 'tag', title: 'the scope it needs' }, operation['x-scope']);
  return makeElement(
    'article',
    { id: operationId },
    makeElement('h3', {}, methodOf(method), makeElement('a', { href: `#${operationId}` }, path), scope),
    makeElement('p', {}, summary),
    description === undefined ? '' : makeElement('p', { class: 'muted' }, description),
    ...showParameters(parameters, components),
    ...showBody(requestBody, components),
    makeElement('h4', {}, 'Answers'),
    ...showReplies(Object.entries(responses), components),
    method === 'get' ? tryRoute(path, parameters) : '',
  );
}

function showParameters(parameters, components) {
  if (parameters.length === 0) return [];
  const properties = parameters.map(({ name, schema, description }) => [name, { ...schema, description }]);
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  const schema = { type: 'object', properties: Object.fromEntries(properties), required };
  return [makeElement('h4', {}, 'Parameters'), showSchema(schema, components)];
}

function showBody(requestBody, components) {
  if (requestBody === undefined) return [];
  return [makeElement('h4', {}, 'Body'), ...showContent(requestBody.content, components)];
}

/** A route's own answers, then those that any route may give. */
function showReplies(replies, components) {
  const [own, general] = [false, true].map((isShared) =>
    replies
      .filter(([, reply]) => (reply.$ref !== undefined) === isShared)
      .map(([status, reply]) => showReply(status, reply, components)),
  );
  const title = makeElement('summary', {}, 'what any route may answer');
  return [...own, makeElement('details', {}, title, makeElement('div', { class: 'fields' }, ...general))];
}

function showReply(status, reply, components) {
  const isShared = reply.$ref !== undefined;
  const value = isShared ? (components.responses?.[reply.$ref.split('/').at(-1)] ?? {}) : reply;
  const kind = status.startsWith('2') ? 'fine' : 'bad';
  const title = makeElement(
    'summary',
    {},
    makeElement('code', { class: `status ${kind}` }, status),
    ` ${value.description}`,
  );
  return makeElement(
    'details',
    {},
    title,
    makeElement('div', { class: 'fields' }, ...showContent(value.content ?? {}, components)),
  );
}

function showContent(content, components) {
  return Object.entries(content).flatMap(([type, { schema, example }]) => {
    const name = schema === undefined ? type : `${type} · ${nameType(schema, components)}`;
    const title = makeElement('p', { class: 'muted' }, name);
    if (schema === undefined) return [title];
    const shown = JSON.stringify(example ?? makeExample(schema, components), null, 2);
    const sample = makeElement('details', {}, makeElement('summary', {}, 'example'), makeElement('pre', {}, shown));
    return [title, showSchema(schema, components), sample];
  });
}

function listenToSearch(routes) {
  const search = place('search');
  search.addEventListener('input', () => {
    const words = search.value.toLowerCase().split(/\s+/);
    for (const { path, method, operation } of routes) {
      const text = `${method} ${path} ${operation.summary} ${operation.tags.join(' ')}`.toLowerCase();
      const hidden = !words.every((word) => text.includes(word));
      place(operation.operationId).hidden = hidden;
      document.querySelector(`[data-for="${operation.operationId}"]`).hidden = hidden;
    }
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key === '/' && !typing) {
      event.preventDefault();
      search.focus();
    }
  });
}

start().catch((fault) => {
  place('state').textContent = `The document could not be shown: ${fault.message}. It is at /v1/openapi.json.`;
});
