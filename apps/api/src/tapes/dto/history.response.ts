import { ApiProperty } from '@nestjs/swagger';
import {
  TAPE_KINDS,
  TAPE_STATUSES,
  type MappingView,
  type StrataView,
  type TapeDifferenceView,
  type TapeLine,
  type VintageView,
} from '@weir/services';

/** A confirmed mapping of an originator's columns. */
export class MappingResponse implements MappingView {
  @ApiProperty({ type: String, format: 'uuid' })
  mappingId!: string;

  @ApiProperty({ type: String })
  originator!: string;

  @ApiProperty({ type: Number, description: 'Counted from 1 for each originator.' })
  version!: number;

  @ApiProperty({ type: String })
  assetClass!: string;

  @ApiProperty({ type: Object })
  mapping!: MappingView['mapping'];

  @ApiProperty({ type: String })
  hash!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  confirmedAt!: string;
}

/** A tape in the list of a deal's tapes. */
export class TapeLineResponse implements TapeLine {
  @ApiProperty({ type: String, format: 'uuid' })
  tapeId!: string;

  @ApiProperty({ type: Number, nullable: true })
  period!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'YYYY-MM' })
  month!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  version!: number | null;

  @ApiProperty({ enum: TAPE_KINDS, nullable: true })
  kind!: TapeLine['kind'];

  @ApiProperty({ type: Boolean })
  current!: boolean;

  @ApiProperty({ enum: TAPE_STATUSES })
  status!: TapeLine['status'];

  @ApiProperty({ type: String, nullable: true })
  assetClass!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  loans!: number | null;

  @ApiProperty({ type: Object, nullable: true })
  quality!: TapeLine['quality'];

  @ApiProperty({ type: String, format: 'date-time' })
  receivedAt!: string;
}

/** What a tape changes against another. */
export class DifferenceResponse implements TapeDifferenceView {
  @ApiProperty({ type: Boolean, description: 'False when one was rejected: then findings alone are compared.' })
  loansCompared!: boolean;

  @ApiProperty({ type: Number })
  added!: number;

  @ApiProperty({ type: Number })
  removed!: number;

  @ApiProperty({ type: Number })
  changedLoans!: number;

  @ApiProperty({ type: Number })
  changedValues!: number;

  @ApiProperty({ type: [String], description: 'The first 1,000, as in every list here.' })
  addedKeys!: readonly string[];

  @ApiProperty({ type: [String] })
  removedKeys!: readonly string[];

  @ApiProperty({ type: [Object] })
  changes!: TapeDifferenceView['changes'];

  @ApiProperty({ type: Number })
  resolvedFindings!: number;

  @ApiProperty({ type: Number })
  arisenFindings!: number;

  @ApiProperty({ type: [Object] })
  resolved!: TapeDifferenceView['resolved'];

  @ApiProperty({ type: [Object] })
  arisen!: TapeDifferenceView['arisen'];
}

/** Stratification tables and concentration limits of a tape. */
export class StrataResponse implements StrataView {
  @ApiProperty({ type: [Object] })
  tables!: StrataView['tables'];

  @ApiProperty({ type: [Object] })
  limits!: StrataView['limits'];
}

/** A vintage by month on book. */
export class VintageResponse implements VintageView {
  @ApiProperty({ type: String, description: 'Quarter of origination, YYYY-Qn.' })
  name!: string;

  @ApiProperty({ type: Number })
  loans!: number;

  @ApiProperty({ type: String })
  originalBalance!: string;

  @ApiProperty({ type: [Object] })
  months!: VintageView['months'];
}
