import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A human. Several accounts may belong to one person; four-eyes rules compare persons, not accounts. */
@Entity({ name: 'person', schema: 'weir' })
export class Person {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  email!: string;
}
