import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { Account } from '../../http/fields.js';

/** What the platform settles in. */
export class PlatformDeploymentDto {
  @Account('Settlement stablecoin; null deploys the test stablecoin, on development chains only.', { nullable: true })
  cash!: string | null;

  @Account('Registry of pledges that another deployment made; null or left out to have one deployed.', {
    nullable: true,
    optional: true,
  })
  pledges?: string | null;

  @Account('Who may change roles and restrictions after the timelock; null or left out on development chains only.', {
    nullable: true,
    optional: true,
  })
  admin?: string | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(31_536_000)
  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: 31_536_000,
    example: 172_800,
    description: 'Seconds between the announcement and the change of roles and parameters; two days unless given.',
  })
  timelock?: number | null;
}

/** A job was queued; reading its object tells when it is done. */
export class AcceptedResponse {
  @ApiProperty({ type: Boolean, enum: [true] })
  accepted!: true;
}

/** Chain accounts that act for the platform. */
export class PlatformAccountsResponse {
  @ApiProperty({ type: String })
  operator!: string;

  @ApiProperty({ type: String })
  compliance!: string;
}

/** The platform's own contracts. */
export class PlatformResponse {
  @ApiProperty({ type: String, description: 'Chain on which they are, decimal.' })
  chainId!: string;

  @ApiProperty({ type: () => PlatformAccountsResponse })
  accounts!: PlatformAccountsResponse;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Address by contract name.' })
  contracts!: Readonly<Record<string, string>>;

  @ApiProperty({ type: Boolean, description: 'True when all of them are deployed and wired.' })
  complete!: boolean;
}
