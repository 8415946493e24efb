/** What the form of a page told besides what was typed. */
export interface FormSigns {
  /** Seconds since the form was shown; null without the forum's signature on that time. */
  readonly seconds: number | null;
  /** Whether something stands in the field that people are not shown. */
  readonly isTrapFilled: boolean;
}

/** The registrations from one block of addresses before this one. */
export interface FromNetwork {
  readonly withinHour: number;
  readonly withinDay: number;
}

/** Whether a proof of work came along, and how many others had come within an hour. */
export interface ProofSigns {
  readonly isGiven: boolean;
  readonly arrivals: number;
}

/** Somebody without an account who registers or sends a comment. What is not known is null, and no rule is broken by it. */
export interface ArrivalFacts {
  readonly kind: 'registration' | 'guest';
  /** Null for a program that uses the API, which has no form. */
  readonly form: FormSigns | null;
  /** The domain of the e-mail address. */
  readonly domain: string | null;
  /** Whether the forum's own list has the domain among those that give addresses to throw away. */
  readonly isListed: boolean;
  /** Null for guests. */
  readonly network: FromNetwork | null;
  readonly proof: ProofSigns | null;
}
