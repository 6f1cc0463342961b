/** A projection was cancelled, or its threads were closed while it ran. */
export class ProjectionCancelled extends Error {
  override readonly name = 'ProjectionCancelled';
  constructor() {
    super('the projection was cancelled; nothing of it was kept');
  }
}

/** A second projection was asked of threads that are at work on one. */
export class ThreadsBusy extends Error {
  override readonly name = 'ThreadsBusy';
  constructor() {
    super('these threads project already: wait for the answer, or start threads of your own for the same pool');
  }
}
