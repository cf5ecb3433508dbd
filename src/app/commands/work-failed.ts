/** The call was right and the work failed; the message is for the person at the terminal, the exit code is 1. */
export class WorkFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WorkFailed';
  }
}
