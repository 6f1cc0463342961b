import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '@weir/persistence';
import { Text } from '../../http/fields.js';

/** Credentials of an account. */
export class SignInDto {
  @Text({ description: 'E-mail address of the account.', example: 'ada@issuer.example' }, 320)
  email!: string;

  @Text({ description: 'Its password.', example: 'correct horse battery' }, 1000)
  password!: string;
}

/** A session. */
export class SessionResponse {
  @ApiProperty({ type: String, description: 'Send it as "Authorization: Bearer …".' })
  token!: string;

  @ApiProperty({ enum: ROLES, isArray: true })
  roles!: readonly Role[];
}

/** Who the caller is. */
export class ActorResponse {
  @ApiProperty({ type: String, format: 'uuid' })
  userId!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  personId!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  organisationId!: string;

  @ApiProperty({ enum: ROLES, isArray: true })
  roles!: readonly Role[];
}
