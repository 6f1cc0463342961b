export type { AmendmentTerms, CompiledAmendment, GoneValue, MovedAccount, TakenValue } from './change/amendment.js';
export { compileAmendment } from './change/compile-amendment.js';
export { AmendmentInvalid, AmendmentRefused } from './change/errors.js';
export { type KeptValue, keptValues, netOf } from './change/kept-values.js';
export { runAmendment } from './change/run-amendment.js';
export { type StateWord, stateWords, type WordUnit } from './change/state-words.js';
export { type CompileFacts, compileDeal, documentHashOf } from './compile/compile-deal.js';
export { type CompiledText, compileText } from './compile/compile-text.js';
export type {
  CompiledCombination,
  CompiledDeal,
  CompiledStep,
  CompiledTrigger,
  CompiledValue,
  InputItem,
  KeptComparison,
  StepKind,
} from './compile/compiled-deal.js';
export { unitOf } from './compile/constants.js';
export { CompileError, InputsError } from './compile/errors.js';
export { decodeInputs, encodeInputs, type InputValue } from './compile/inputs.js';
export { type AccrualPeriod, accrualPeriods } from './compile/parties/day-fractions.js';
export type { Period } from './compile/schedule.js';
export { BOOKED_LIMIT, checkBooked } from './execute/booked.js';
export * from './execute/errors.js';
export { execute, executeRemitted } from './execute/execute.js';
export type { RemittedArguments, RunArguments } from './execute/frame.js';
export type { RunResult } from './execute/result.js';
export { resultHashOf, stateHashOf, type LoggedTransfer, type Transfer, transferWord } from './execute/hashes.js';
export { ProjectionArgumentError } from './project/errors.js';
export type { ProjectionFault, ProjectionLane } from './project/lane.js';
export {
  compileProjection,
  type Projection,
  type ProjectionPath,
  type ProjectionResult,
} from './project/projection.js';
export { type GasBound, gasBound } from './gas/bound.js';
export { copyGas } from './gas/copy-gas.js';
export { INSTRUCTION_GAS, instructionGas, type JumpGas } from './gas/machine-gas.js';
export { MAX_PAGE_BYTES, MAX_PROGRAM_BYTES, pageAddresses, programPages } from './gas/pages.js';
export {
  type DustFacts,
  dustWords,
  payeesOf,
  settlementGas,
  type SettlementFacts,
  storageWords,
} from './gas/settlement-gas.js';
export { type DustCode, PAYMENT_CALLS, VAULT_CALLS, VAULT_CODE, type VaultCode } from './gas/vault-code.js';
export { decodeProgram } from './program/decode.js';
export { encodeParts, encodeProgram } from './program/encode.js';
export { ProgramError, type ProgramRule } from './program/errors.js';
export { OPERANDS, type OperandKind, type OpName, OPS, operandsOf, sizeOf } from './program/opcodes.js';
export * from './program/program.js';
export { explainFault, type ExplainedFault } from './trace/explain-fault.js';
export { disassemble } from './trace/disassemble.js';
export { explainRun, type TraceStep } from './trace/explain.js';
export { narrateRun, type StepSentence } from './trace/narrate.js';
export { type ComparisonSummary, comparisonsOf } from './trace/comparisons.js';
export { figureText } from './trace/figure-text.js';
export { sumOfShares, withBalance } from './compile/combinations.js';
export { type CombinationSummary, summariseCombinations } from './trace/summarise-combinations.js';
export {
  type AccountSummary,
  type FeeSummary,
  formatFactor,
  type RunSummary,
  summarise,
  type TrancheSummary,
  type TriggerSummary,
  type ValueSummary,
} from './trace/summarise.js';
