import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { DealPath } from '../../deals/dto/deal.dto.js';
import { Period } from '../../http/fields.js';

/** A plain file name, which can name no folder. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/;
const fileName = { message: '$property must be a plain file name' };

/** One of the deal's own files in a path. */
export class DealFilePath extends DealPath {
  @ApiProperty({ type: String, pattern: FILE_NAME.source, example: 'deal.yaml' })
  @Matches(FILE_NAME, fileName)
  name!: string;
}

/** One of a period's files in a path. */
export class PeriodFilePath extends DealPath {
  @Period()
  period!: number;

  @ApiProperty({ type: String, pattern: FILE_NAME.source, example: 'investor-report.pdf' })
  @Matches(FILE_NAME, fileName)
  name!: string;
}
