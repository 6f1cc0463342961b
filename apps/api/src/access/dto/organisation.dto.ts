import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, Matches, ValidateNested } from 'class-validator';
import { ROLES, type OrganisationKind, type Role } from '@weir/persistence';
import type { NewOrganisation, NewUser, OrganisationView } from '@weir/services';
import { Text } from '../../http/fields.js';

const KINDS: readonly OrganisationKind[] = [
  'sponsor',
  'servicer',
  'trustee',
  'calculation-agent',
  'investor',
  'operator',
];

/** Roles that a person can have; `system` is that of Weir's own processes. */
const PERSONS_ROLES = ROLES.filter((role) => role !== 'system');

/** Most people entered at once: each password costs its hash. */
const MAX_USERS = 20;

/** A person of an organisation, with the account it signs in with. */
export class NewUserDto implements NewUser {
  @Text({ description: 'Name of the person.', example: 'Ada Lovelace' }, 200)
  name!: string;

  @Text({ description: 'E-mail address to sign in with.', example: 'ada@issuer.example' }, 320)
  @Matches(/^[^@\s]+@[^@\s]+$/, { message: '$property must be an e-mail address' })
  email!: string;

  @Text({ description: 'Password, at least 12 characters.', example: 'correct horse battery' }, 1000)
  password!: string;

  @ApiProperty({ enum: PERSONS_ROLES, isArray: true, example: ['issuer'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(PERSONS_ROLES.length)
  @IsIn(PERSONS_ROLES, { each: true })
  roles!: readonly Role[];
}

/** An organisation and its people. */
export class NewOrganisationDto implements NewOrganisation {
  @Text({ description: 'Legal name.', example: 'Example Sponsor LLC' }, 200)
  name!: string;

  @ApiProperty({ enum: KINDS, example: 'sponsor' })
  @IsIn(KINDS)
  kind!: OrganisationKind;

  @ApiProperty({ type: () => [NewUserDto], maxItems: MAX_USERS })
  @IsArray()
  @ArrayMaxSize(MAX_USERS)
  @ValidateNested({ each: true })
  @Type(() => NewUserDto)
  users!: readonly NewUserDto[];

  @ApiProperty({
    type: String,
    required: false,
    description: 'Its own chain account, whose key it keeps; without one Weir makes an encrypted keystore.',
    example: `0x${'c0'.repeat(20)}`,
  })
  @IsOptional()
  @Matches(/^0x[0-9a-fA-F]{40}$/, { message: '$property must be an account (0x and 40 hex digits)' })
  account?: string;
}

/** The organisation that was entered. */
export class NewOrganisationResponse {
  @ApiProperty({ type: String, format: 'uuid' })
  organisationId!: string;

  @ApiProperty({ type: String, description: 'Chain account that signs for it.' })
  account!: string;
}

/** What a caller sees of an organisation. */
export class OrganisationResponse implements OrganisationView {
  @ApiProperty({ type: String, format: 'uuid' })
  organisationId!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ enum: KINDS })
  kind!: OrganisationKind;

  @ApiProperty({ type: String, nullable: true, description: 'Chain account; null when the caller may not see it.' })
  account!: string | null;
}
