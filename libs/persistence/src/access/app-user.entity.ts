import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from './actor.js';

/**
 * An account: one person acting for one organisation. The password hash can be written but not selected by the
 * application role; sign-in reads it through {@link signInLookup}.
 */
@Entity({ name: 'app_user', schema: 'weir' })
export class AppUser {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'person_id' })
  personId!: string;

  @Column({ type: 'uuid', name: 'organisation_id' })
  organisationId!: string;

  /** Lower case; unique over all accounts. */
  @Column({ type: 'text' })
  email!: string;

  @Column({ type: 'text', name: 'password_hash', select: false })
  passwordHash!: string;

  @Column({ type: 'text', array: true })
  roles!: Role[];

  @Column({ type: 'boolean', default: false })
  disabled!: boolean;
}
