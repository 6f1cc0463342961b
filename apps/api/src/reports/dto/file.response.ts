import { ApiProperty } from '@nestjs/swagger';

/** A published file. */
export class FileResponse {
  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String, example: 'application/pdf' })
  mediaType!: string;

  @ApiProperty({ type: Number, description: 'Its length.' })
  bytes!: number;

  @ApiProperty({ type: String, description: 'SHA-256 of its bytes, hex.' })
  sha256!: string;
}
