import { describe, expect, it } from '@jest/globals';
import { formBody, MOST_FORM_FIELDS } from './form-body.ts';

describe('a form', () => {
  it('is its names and values, in any script', () => {
    expect({ ...formBody('name=Ph%C6%B0%C6%A1ng+L%C3%AA&body=%E1%9E%80%0D%0Atwo&empty=') }).toEqual({
      name: 'Phương Lê',
      body: 'ក\r\ntwo',
      empty: '',
    });
  });

  it('has the values of one name in their order', () => {
    expect({ ...formBody('roles=editor&x=1&roles=admin&roles=auditor') }).toEqual({
      roles: ['editor', 'admin', 'auditor'],
      x: '1',
    });
  });

  it('is taken as far as it can be read where its signs are broken', () => {
    expect({ ...formBody('a=%E1%9E&b=100%&=c&d') }).toEqual({ a: '\uFFFD', b: '100%', '': 'c', d: '' });
  });

  it('reaches no prototype', () => {
    const form = formBody('__proto__=x&constructor=y');

    expect(Object.getPrototypeOf(form)).toBeNull();
    expect(Object.keys(form)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('has so many fields and no more', () => {
    const form = (fields: number) => Array.from({ length: fields }, (_, n) => `k${n}=`).join('&');
    expect(Object.keys(formBody(form(MOST_FORM_FIELDS)))).toHaveLength(MOST_FORM_FIELDS);
    expect(() => formBody(form(MOST_FORM_FIELDS + 1))).toThrow(expect.objectContaining({ code: 'too_large' }));
  });
});
