/** A job was sent to, or taken from, a queue that does not exist. */
export class UnknownQueue extends Error {
  constructor(readonly queue: string) {
    super(`there is no job queue "${queue}": list it in the queues given to migrate() and migrate again`);
    this.name = 'UnknownQueue';
  }
}

/** Another process still runs an attempt of the job that counts as over. */
export class JobHeldElsewhere extends Error {
  constructor(readonly jobId: string) {
    super(`job ${jobId} is still run by another process; it is tried again by its queue's rule`);
    this.name = 'JobHeldElsewhere';
  }
}
