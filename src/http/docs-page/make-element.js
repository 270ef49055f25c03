/**
 * An element with its attributes and children. Text always becomes a text node, so nothing in the document can turn
 * into markup.
 */
export function makeElement(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.flat().filter((child) => child !== undefined && child !== ''));
  return element;
}
