import { Text } from '../../http/fields.js';

/** Why a deal is stopped or resumed. */
export class StopDto {
  @Text({ description: 'Goes into the audit log.', example: 'The servicer’s key was stolen.' }, 1000)
  reason!: string;
}
