import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { happened, metaOf, remembered } from '../../../test/support/given.ts';
import { addressAt, presentAddress } from './address.rules.ts';
import { memberDecider } from './member.decider.ts';
import type { MemberEvent } from './member.events.ts';
import { TakeBackAccount } from './take-back.commands.ts';
import { addressToReturnTo, isEndedWayBack, wayBackId } from './ways-back.rules.ts';

const memberId = 'm1';
const OWN = 'own@example.org';
/** Milliseconds: several changes happen in one, so an order of clocks does not do. */
const BEGAN = Date.parse('2015-10-05T08:00:00.000Z');

const CHANGES: ReadonlySet<string> = new Set([
  'MemberPasswordChanged.v1',
  'SecondFactorTurnedOff.v1',
  'RecoveryCodeUsed.v1',
  'PasskeyAdded.v1',
]);

/** A way back as it lies in a mailbox. */
interface Mailed {
  readonly linkId: string;
  readonly since: string;
  readonly mailbox: string;
}

/** An account, with every mail that a way back came with. */
class Account {
  #state = memberDecider.initial();
  readonly mails: Mailed[] = [];
  #count = 0;
  #ms = BEGAN;

  constructor() {
    const data = { memberId, handle: 'own', locale: 'en', roles: ['member'] as const, emailReserved: true };
    this.record([
      {
        type: 'MemberRegistered.v2',
        data: { ...data, membership: 'active', invitationId: null },
        personal: { displayName: 'Own', email: OWN, passwordHash: 'h' },
      },
      { type: 'EmailConfirmed.v1', data: { memberId }, personal: null },
    ]);
    this.pass(1);
  }

  get address(): string | null {
    return presentAddress(this.#state.addresses);
  }

  /** How many ways in there are that were added after the account began. */
  get added(): number {
    return this.#state.added.size;
  }

  addPasskey(): void {
    const personal = { name: 'Key', credentialId: 'c', publicKey: 'k', counter: 0, transports: [] };
    this.record([{ type: 'PasskeyAdded.v1', data: { memberId, passkeyId: `p${this.#count}` }, personal }]);
  }

  pass(ms: number): void {
    this.#ms += ms;
  }

  record(facts: readonly MemberEvent[]): void {
    const occurredAt = new Date(this.#ms).toISOString();
    const known = facts.map((fact) => happened(fact, { occurredAt, id: `e${(this.#count += 1)}` }));
    for (const fact of remembered(known)) {
      this.#state = memberDecider.evolve(this.#state, fact);
      const isChange = CHANGES.has(fact.type);
      const isMove = fact.type === 'EmailChanged.v1' && !fact.data.takenBack;
      if (!isChange && !isMove) continue;
      const linkId = wayBackId(fact.envelope.id, memberId);
      this.mails.push({ linkId, since: occurredAt, mailbox: isMove ? String(this.#former) : '' });
    }
    // The reactor looks for the address of the moment once everything of the moment is recorded.
    this.mails.forEach((mail, index) => {
      if (mail.mailbox === '')
        this.mails[index] = { ...mail, mailbox: String(addressAt(this.#state.addresses, mail.since)) };
    });
    this.#former = this.address;
  }
  #former: string | null = OWN;

  move(email: string): void {
    const personal = { email, former: this.address };
    this.record([{ type: 'EmailChanged.v1', data: { memberId, formerConfirmed: true, takenBack: false }, personal }]);
  }

  works({ linkId }: Mailed): boolean {
    return !isEndedWayBack(this.#state.waysBack, linkId, memberId);
  }

  takeBack({ linkId, since }: Mailed): void {
    const before = addressToReturnTo(this.#state, { memberId, linkId, since });
    const wish = { memberId, passwordHash: 'h', linkId, since, before, email: before };
    this.record(memberDecider.decide(new TakeBackAccount(wish, metaOf()), this.#state, undefined));
  }
}

const act = fc.record({
  kind: fc.constantFrom('move', 'switch', 'recover', 'passkey', 'thief', 'owner', 'newest'),
  which: fc.nat(7),
  pause: fc.nat(1),
});

test('however many rounds both sides take, the older way back wins and leaves no later one', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const account = new Account();
      let isThiefIn = true;
      for (const { kind, which, pause } of acts) {
        account.pass(pause);
        const of = (isOwn: boolean) =>
          account.mails.filter((mail) => (mail.mailbox === OWN) === isOwn && account.works(mail));
        const links = of(kind === 'owner');
        if (kind === 'move' && isThiefIn) account.move(`thief${which}@example.org`);
        else if (kind === 'switch' && isThiefIn)
          account.record([{ type: 'SecondFactorTurnedOff.v1', data: { memberId }, personal: null }]);
        else if (kind === 'recover' && isThiefIn)
          account.record([{ type: 'RecoveryCodeUsed.v1', data: { memberId, index: 0 }, personal: null }]);
        else if (kind === 'passkey' && isThiefIn) account.addPasskey();
        else if (kind === 'newest' && of(true).length > 0) {
          // People open the mail on top; what a thief added before it goes as well.
          account.takeBack(of(true).at(-1) ?? fail());
          expect(account.added).toBe(0);
          isThiefIn = false;
        } else if (kind === 'thief' && links.length > 0) {
          account.takeBack(links[which % links.length] ?? fail());
          isThiefIn = true;
        } else if (kind === 'owner' && links.length > 0) {
          const earlier = account.mails.filter((mail) => account.works(mail));
          const link = links.reduce((one, other) => (other.since < one.since ? other : one));
          account.takeBack(link);
          const kept = earlier.slice(0, earlier.indexOf(link));
          expect(earlier.filter((mail) => account.works(mail))).toEqual(kept);
          // The oldest way back of all is the owner's: every address of others came with or after the change that it undoes.
          expect([account.address, of(false)]).toEqual([OWN, []]);
          isThiefIn = false;
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('an address that nobody had confirmed has no way back once another one was', () => {
  const change: MemberEvent = { type: 'MemberPasswordChanged.v1', data: { memberId }, personal: { passwordHash: 'h' } };
  const moved: MemberEvent = {
    type: 'EmailChanged.v1',
    data: { memberId, formerConfirmed: false, takenBack: false },
    personal: { email: OWN, former: 'stranger@example.org' },
  };
  const facts = remembered<MemberEvent>([happened(change, { id: 'e1' }), happened(moved, { id: 'e2' })]);
  const { waysBack } = facts.reduce(memberDecider.evolve, memberDecider.initial());
  expect([isEndedWayBack(waysBack, wayBackId('e1', memberId), memberId), [...waysBack.open.keys()]]).toEqual([
    true,
    ['e2'],
  ]);
});

function fail(): never {
  throw new Error('no such link');
}
