/** A value that its column cannot hold: the store would refuse the row for it too. */
export class RowRefused extends Error {
  constructor(column: string, type: string) {
    super(`a value of ${column} is no ${type}`);
    this.name = 'RowRefused';
  }
}
