import { ApiProperty } from '@nestjs/swagger';
import type { ScenarioSetView, StoredSetFile } from '@weir/services';

/** The set that was taken; workers run it. */
export class ScenarioSetStartedResponse {
  @ApiProperty({ type: String, format: 'uuid' })
  setId!: string;

  @ApiProperty({ type: Number })
  scenarios!: number;

  @ApiProperty({ type: Number, description: 'Jobs that it was split into.' })
  shards!: number;
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

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  tapeId!: string | null;

  @ApiProperty({ type: Number })
  scenarios!: number;

  @ApiProperty({ type: Number })
  scenariosDone!: number;

  @ApiProperty({ type: Number })
  shards!: number;

  @ApiProperty({ type: Number })
  shardsDone!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed.' })
  failure!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  askedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;

  @ApiProperty({ type: [ScenarioSetFileResponse], description: 'Results, once it is done.' })
  files!: readonly ScenarioSetFileResponse[];
}
