import { describe, expect, it } from '@jest/globals';
import { OriginatorNameless } from './errors.js';
import { originatorKey } from './pool-pledges.js';

describe('an originator in pledge keys', () => {
  it('is the same however its name is written, as far as nobody sees a difference', () => {
    const forms = [
      'Northlake Motors',
      '  NORTHLAKE \t Motors ',
      'North\u200Blake\u00A0Motors\uFEFF',
      'Ｎorthlake\u2800Motors',
      'North\u00ADlake Mo\u2060tors\u{E0041}',
      '\u202ENorthlake\u202C Motors\uFE0F',
    ];
    expect(new Set(forms.map(originatorKey))).toEqual(new Set(['northlake motors']));
    expect(originatorKey('Northlake Motor')).not.toBe(originatorKey('Northlake Motors'));
  });

  it('is refused where nothing of the name can be seen', () => {
    for (const name of ['', '   ', '\u200B\u2060', '\u3164', '\u2800\u00A0'])
      expect(() => originatorKey(name)).toThrow(OriginatorNameless);
  });
});
