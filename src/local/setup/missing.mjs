/** Thrown where a person has to do something: its message is one screen and is shown without a stack. */
export class Missing extends Error {}
