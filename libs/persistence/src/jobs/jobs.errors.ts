/** A job was sent to, or taken from, a queue that does not exist. */
export class UnknownQueue extends Error {
  constructor(readonly queue: string) {
    super(`there is no job queue "${queue}": list it in the queues given to migrate() and migrate again`);
    this.name = 'UnknownQueue';
  }
}
