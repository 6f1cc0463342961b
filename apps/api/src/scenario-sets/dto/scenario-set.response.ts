import { ApiProperty } from '@nestjs/swagger';
import type { OwnedBasis, ScenarioSetView, StoredSetFile } from '@weir/services';

/** The set that was taken; workers run it. */
export class ScenarioSetStartedResponse {
  @ApiProperty({ type: String, format: 'uuid' })
  setId!: string;

  @ApiProperty({ type: Number })
  scenarios!: number;

  @ApiProperty({ type: Number, description: 'Jobs that it was split into.' })
  shards!: number;

  @ApiProperty({ type: [String], description: 'What does not stop it, but should be known: a tape that is too old.' })
  warnings!: readonly string[];
}

/** The set that a command worked on. */
export class ScenarioSetIdResponse {
  @ApiProperty({ type: String, format: 'uuid' })
  setId!: string;
}

/** A file of a set's results. */
export class ScenarioSetFileResponse implements StoredSetFile {
  @ApiProperty({ type: String, example: 'summary.csv' })
  name!: string;

  @ApiProperty({ type: String, example: 'text/csv' })
  mediaType!: string;

  @ApiProperty({ type: Number, description: 'Its length.' })
  bytes!: number;

  @ApiProperty({ type: String, description: 'SHA-256 of its bytes, hex.' })
  sha256!: string;
}

/** An owned deal of a set. */
export class OwnedBasisResponse implements OwnedBasis {
  @ApiProperty({ type: String, example: 'mid.tiny' })
  name!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  dealId!: string | null;

  @ApiProperty({ type: String })
  documentHash!: string;

  @ApiProperty({ type: String })
  programHash!: string;

  @ApiProperty({ type: Number })
  fromPeriod!: number;

  @ApiProperty({ type: String, nullable: true })
  stateHash!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  tapeId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  tapeSha256!: string | null;
}

/** What a caller sees of a set. */
export class ScenarioSetResponse implements ScenarioSetView {
  @ApiProperty({ type: String, format: 'uuid' })
  setId!: string;

  @ApiProperty({ enum: ['list', 'grid', 'monte-carlo'] })
  kind!: ScenarioSetView['kind'];

  @ApiProperty({ enum: ['running', 'done', 'cancelled', 'failed'] })
  status!: ScenarioSetView['status'];

  @ApiProperty({ type: String, description: 'Hash of the deal document that it runs over.' })
  documentHash!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Hash of the program that the document was compiled to.' })
  programHash!: string | null;

  @ApiProperty({ type: String, description: 'SHA-256 of all that its outcomes depend on, as it was kept, hex.' })
  requestSha256!: string;

  @ApiProperty({ type: Number, description: 'The settled period after which the deal is taken up; 0 is closing.' })
  fromPeriod!: number;

  @ApiProperty({ type: String, nullable: true, description: "Hash of the deal's state then; null at closing." })
  stateHash!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  tapeId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "SHA-256 of the tape's file, hex." })
  tapeSha256!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'SHA-256 of the published rates, hex.' })
  fixingsSha256!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'SHA-256 of the collections, hex.' })
  collectionsSha256!: string | null;

  @ApiProperty({ type: [OwnedBasisResponse], description: 'Deals whose classes it owns, and what they run on.' })
  underlying!: readonly OwnedBasisResponse[];

  @ApiProperty({ type: Number })
  scenarios!: number;

  @ApiProperty({ type: Number })
  scenariosDone!: number;

  @ApiProperty({ type: Number })
  shards!: number;

  @ApiProperty({ type: Number })
  shardsDone!: number;

  @ApiProperty({ type: [String], description: 'What did not stop it, but should be known: a tape that is too old.' })
  warnings!: readonly string[];

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed.' })
  failure!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  askedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;

  @ApiProperty({ type: [ScenarioSetFileResponse], description: 'Results, once it is done.' })
  files!: readonly ScenarioSetFileResponse[];
}
