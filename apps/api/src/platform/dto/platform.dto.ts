import { ApiProperty } from '@nestjs/swagger';
import { Account } from '../../http/fields.js';

/** What the platform settles in. */
export class PlatformDeploymentDto {
  @Account('Settlement stablecoin; null deploys the test stablecoin, on development chains only.', { nullable: true })
  cash!: string | null;
}

/** The platform's own contracts. */
export class PlatformResponse {
  @ApiProperty({ type: Number, description: 'Chain on which they are.' })
  chainId!: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Address by contract name.' })
  contracts!: Readonly<Record<string, string>>;

  @ApiProperty({ type: Boolean, description: 'True when all of them are deployed and wired.' })
  complete!: boolean;
}
