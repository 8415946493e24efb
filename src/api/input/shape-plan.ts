import { getMetadataStorage } from 'class-validator';

type Rules = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>;
type Rule = Rules[number];

interface Field {
  readonly name: string;
  readonly conditions: ((input: object, value: unknown) => boolean)[];
  readonly validators: ((value: unknown) => boolean)[];
}

const RULE = 'customValidation';
const CONDITION = 'conditionalValidation';

/**
 * class-validator's rules for a shape, prepared once to recognise right inputs. Most are right, and recognising that
 * costs a tenth of looking for what is wrong. A shape with other rules has no plan.
 */
export class ShapePlan {
  readonly #fields = new Map<string, Field>();

  private constructor(rules: Rules) {
    for (const rule of rules) this.#add(rule);
  }

  /** Null for a shape with rules that are not simple; class-validator then checks alone. */
  static of(shape: new () => object): ShapePlan | null {
    const rules = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
    return rules.length > 0 && rules.every(isSimple) ? new ShapePlan(rules) : null;
  }

  /** True when every rule holds and no field is unknown; class-validator would agree. */
  accepts(input: object): boolean {
    for (const name of Object.keys(input)) if (!this.#fields.has(name)) return false;
    for (const { name, conditions, validators } of this.#fields.values()) {
      const value: unknown = Reflect.get(input, name);
      if (!conditions.every((condition) => condition(input, value))) continue;
      if (!validators.every((validator) => validator(value))) return false;
    }
    return true;
  }

  #add({ type, propertyName: name, constraintCls, constraints }: Rule): void {
    const field = this.#fields.get(name) ?? { name, conditions: [], validators: [] };
    this.#fields.set(name, field);
    if (type === CONDITION) field.conditions.push((input, value) => constraints[0](input, value) === true);
    for (const { instance } of type === RULE ? constraintsOf(constraintCls) : []) {
      field.validators.push((value) => instance.validate(value) === true);
    }
  }
}

/** The names of a shape's fields. */
export function shapeFields(shape: new () => object): ReadonlySet<string> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  return new Set(rules.map(({ propertyName }) => propertyName));
}

function isSimple({ type, each, validateIf, groups, constraintCls, constraints }: Rule): boolean {
  if (each || validateIf !== undefined || (groups?.length ?? 0) > 0) return false;
  if (type === CONDITION) return typeof constraints[0] === 'function';
  return type === RULE && constraintsOf(constraintCls).every(({ async }) => !async);
}

function constraintsOf(constraintClass: Rule['constraintCls']) {
  return getMetadataStorage().getTargetValidatorConstraints(constraintClass);
}
