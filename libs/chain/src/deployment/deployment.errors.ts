/** A deployment asks for the address of a step that it did not carry out: a fault of the program. */
export class StepUnknown extends Error {
  constructor(readonly step: string) {
    super(`No contract was deployed by a step named ${step}; send the step before its address is asked for.`);
    this.name = 'StepUnknown';
  }
}

/** A function that should be given to a role is not in the contract's interface: a fault of the program. */
export class FunctionUnknown extends Error {
  constructor(readonly method: string) {
    super(`The contract has no function ${method}; correct the list of restricted functions.`);
    this.name = 'FunctionUnknown';
  }
}
