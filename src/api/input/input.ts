import { Body, type PipeTransform, Query } from '@nestjs/common';
import { checkInput, refuseFields, type Shape } from './check-input.ts';

/** The request's body, checked against its shape: `@Input(RegisterBody) body: RegisterBody`. */
export function Input<Value extends object>(shape: Shape<Value>): ParameterDecorator {
  return Body(new ShapePipe(shape));
}

/** The query string, checked against its shape; a repeated key is a list, which no rule accepts. */
export function QueryInput<Value extends object>(shape: Shape<Value>): ParameterDecorator {
  return Query(new ShapePipe(shape));
}

/** For routes that take no body, or an empty object. */
export function NoInput(): ParameterDecorator {
  return Body({ transform: refuseFields });
}

class ShapePipe<Value extends object> implements PipeTransform<unknown, Value> {
  readonly #shape: Shape<Value>;

  constructor(shape: Shape<Value>) {
    this.#shape = shape;
  }

  /** Throws DomainError `invalid`. */
  transform(raw: unknown): Value {
    return checkInput(this.#shape, raw);
  }
}
