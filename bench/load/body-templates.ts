import { randomUUID } from 'node:crypto';
import { type Random, seededRandom } from '../../src/demo/chance/random.ts';
import { type Crowd, drawEvent, printPerson, slots } from './mixed-events.ts';

/** A body in which only ids have still to be written: to draw every event anew would cost more than to accept it. */
type Template = { bytes: Buffer; eventIds: number[]; bodies: number[]; people: Array<{ at: number; person: number }> };

const shiftStep = 7919;

/** Bodies without end: the n-th is always of the same length, and no event id is ever written twice. */
export type Bodies = { fill(number: number): Buffer };

type Shape = Crowd & { templates: number; eventsPerBody: number; seed: number };

// Above it a body's number says of which seed it is: what two loads make must not be the same.
const bodiesOfSeed = 2 ** 24;

export function drawBodies({ templates, eventsPerBody, seed, ...crowd }: Shape): Bodies {
  const random = seededRandom(seed);
  const drawn = Array.from({ length: templates }, () => drawTemplate(random, crowd, eventsPerBody));
  return {
    fill: (number) => {
      const template = drawn[number % templates];
      if (template === undefined) throw new Error('there are no templates to fill');
      // Each time round it is other people who do the same.
      return fillTemplate(
        template,
        seed * bodiesOfSeed + number,
        (person) => (person + Math.floor(number / templates) * shiftStep) % crowd.people,
      );
    },
  };
}

function drawTemplate(random: Random, crowd: Crowd, eventsPerBody: number): Template {
  const drawn = Array.from({ length: eventsPerBody }, (_, place) => drawEvent(random, crowd, place));
  const texts = drawn.map(({ event }) => Buffer.from(JSON.stringify(event)));
  const template: Template = { bytes: Buffer.alloc(0), eventIds: [], bodies: [], people: [] };
  const pieces: Buffer[] = [Buffer.from('{"events":[')];
  let at = pieces[0]?.length ?? 0;
  for (const [place, text] of texts.entries()) {
    const person = drawn[place]?.person ?? 0;
    template.eventIds.push(...findSlots(text, slots.eventId).map((slot) => at + slot));
    template.bodies.push(...findSlots(text, slots.body).map((slot) => at + slot));
    template.people.push(...findSlots(text, slots.person).map((slot) => ({ at: at + slot, person })));
    const end = Buffer.from(place + 1 < texts.length ? ',' : ']}');
    pieces.push(text, end);
    at += text.length + end.length;
  }
  return { ...template, bytes: Buffer.concat(pieces) };
}

function findSlots(text: Buffer, slot: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(slot); at >= 0; at = text.indexOf(slot, at + slot.length)) found.push(at);
  return found;
}

function fillTemplate(template: Template, number: number, shift: (person: number) => number): Buffer {
  const body = Buffer.from(template.bytes);
  const printed = number.toString(16).padStart(slots.body.length, '0');
  for (const at of template.eventIds) body.write(randomUUID(), at, 'latin1');
  for (const at of template.bodies) body.write(printed, at, 'latin1');
  for (const { at, person } of template.people) body.write(printPerson(shift(person)), at, 'latin1');
  return body;
}
