import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsString, Length, ValidateIf, ValidateNested } from 'class-validator';
import type { ListEntry } from '@weir/compliance';
import { Text } from '../../http/fields.js';

/** Most entries of a screening list. */
const MAX_ENTRIES = 100_000;

/** One entry of a sanctions or watch list. */
export class ListEntryDto implements ListEntry {
  @Text({ description: 'Identifier in the list.', example: 'SDN-12345' }, 200)
  reference!: string;

  @Text({ description: 'Name as listed.', example: 'Blocked Trading Company' }, 500)
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Country as listed, or null.', example: null })
  @ValidateIf((_object: unknown, value: unknown) => value !== null)
  @IsString()
  @Length(1, 100)
  country!: string | null;
}

/** The screening list that is to be in force. */
export class ScreeningListDto {
  @ApiProperty({ type: () => [ListEntryDto], maxItems: MAX_ENTRIES })
  @IsArray()
  @ArrayMaxSize(MAX_ENTRIES)
  @ValidateNested({ each: true })
  @Type(() => ListEntryDto)
  entries!: ListEntryDto[];
}

/** How long the list in force is. */
export class ScreeningListResponse {
  @ApiProperty({ type: Number })
  entries!: number;
}
