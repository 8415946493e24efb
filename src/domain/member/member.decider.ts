import {
  type Decider,
  DomainError,
  ERASED,
  type Erased,
  isErased,
  type Remembered,
  unreachable,
} from '../../../libs/kernel/index.ts';
import {
  type Membership,
  type Role,
  readLanguages,
  TEXT_LIMITS,
  type TranslationPlace,
} from '../../../libs/words/index.ts';
import { localeOf } from '../locale.ts';
import { nameTaken } from '../reservation/names.ts';
import { normalized, textOf } from '../text.ts';
import {
  askEmailChange,
  changeEmail,
  confirmEmail,
  dropEmailChange,
  evolveAddresses,
  type MemberAddresses,
  noAddresses,
} from './address.rules.ts';
import { emailOf } from './email.ts';
import { displayNameFor, handleOf } from './handle.ts';
import type {
  ChangeProfile,
  ChangeRoles,
  EraseMember,
  ForfeitMemberName,
  MemberCommand,
  RegisterMember,
} from './member.commands.ts';
import type { MemberEvent, MemberRegistered } from './member.events.ts';
import { approve, refuse } from './membership.rules.ts';
import { addPasskey, evolvePasskeys, type PasskeysState, removePasskey } from './passkeys.rules.ts';
import { linkProvider, unlinkProvider } from './provider.rules.ts';
import { wholeRoles } from './roles.ts';
import {
  confirmSecondFactor,
  evolveSecondFactor,
  noSecondFactor,
  offerSecondFactor,
  type SecondFactorState,
  turnOffSecondFactor,
} from './second-factor.rules.ts';
import {
  endOneSession,
  endOtherSessions,
  evolveSessions,
  type MemberSessions,
  noSessions,
  openSession,
  requireShown,
} from './sessions.rules.ts';
import { type AddedWays, evolveAddedWays, takeBack } from './take-back.rules.ts';
import { evolveWaysBack, noWaysBack, type WaysBack } from './ways-back.rules.ts';

export interface MemberState {
  memberId: string | null;
  handle: string;
  roles: readonly Role[];
  locale: string;
  pageHidden: boolean;
  mayBeQuoted: boolean;
  /** The languages that it reads; empty for all. */
  reads: readonly string[];
  /** Where it wants translations of what it does not read. */
  translationsShown: TranslationPlace;
  emailReserved: boolean;
  /** The registration as first recorded; a repeated command is compared with this. */
  registered: MemberRegistered['personal'] | Erased | null;
  displayName: string | Erased;
  /** When the password was chosen (RFC 3339). */
  passwordSince: string;
  /** The position of that. */
  passwordPosition: bigint;
  readonly addresses: MemberAddresses;
  /** argon2id in PHC form; null without a password. */
  passwordHash: string | Erased | null;
  membership: Membership;
  /** The linked subjects by the providers' names; null for an erased one. */
  providers: Map<string, string | null>;
  readonly sessions: MemberSessions;
  readonly secondFactor: SecondFactorState;
  readonly passkeys: PasskeysState;
  readonly added: AddedWays;
  readonly waysBack: WaysBack;
  /** Names that were given to others before the member registered. */
  lostNames: Set<string>;
  /** Whether the account is no more. */
  erased: boolean;
}

export const memberDecider: Decider<MemberState, MemberCommand, MemberEvent> = {
  initial: () => ({
    memberId: null,
    handle: '',
    roles: [],
    locale: '',
    pageHidden: false,
    mayBeQuoted: false,
    reads: [],
    translationsShown: 'asked',
    emailReserved: false,
    registered: null,
    displayName: '',
    passwordSince: '',
    passwordPosition: 0n,
    addresses: noAddresses(),
    passwordHash: null,
    membership: 'active',
    providers: new Map(),
    sessions: noSessions(),
    secondFactor: noSecondFactor(),
    passkeys: new Map(),
    added: new Map(),
    waysBack: noWaysBack(),
    lostNames: new Set(),
    erased: false,
  }),
  decide: (command, state) => {
    if (state.erased && command.type !== 'EraseMember') throw memberNotFound();
    if (command.meta.actor === state.memberId && !isSigningOut(command)) requireShown(command.meta, state.sessions);
    switch (command.type) {
      case 'EraseMember':
        return erase(command, state);
      case 'RegisterMember':
        return register(command, state);
      case 'ForfeitMemberName':
        return forfeitName(command, state);
      case 'ChangeRoles':
        return changeRoles(command, state);
      case 'ChangeProfile':
        return changeProfile(command, state);
      case 'OpenSession':
        return openSession(command, of(state));
      case 'EndSession':
        return endOneSession(command, of(state).sessions);
      case 'ConfirmEmail':
        return confirmEmail(command, of(state).addresses);
      case 'AskEmailChange':
        requireMember(state);
        return askEmailChange(command);
      case 'DropEmailChange':
        return dropEmailChange(command, of(state).addresses);
      case 'ChangeEmail':
        return changeEmail(command, of(state).addresses);
      case 'TakeBackAccount':
        requireMember(state);
        return takeBack(command, state);
      case 'LinkProvider':
        requireMember(state);
        return linkProvider(command, state);
      case 'UnlinkProvider':
        requireMember(state);
        return unlinkProvider(command, state);
      case 'ApproveMember':
        requireMember(state);
        return approve(command, state);
      case 'RefuseMember':
        requireMember(state);
        return refuse(command, state);
      case 'EndOtherSessions':
        return endOtherSessions(command, of(state).sessions);
      case 'OfferSecondFactor':
        return offerSecondFactor(command, of(state).secondFactor);
      case 'ConfirmSecondFactor':
        return confirmSecondFactor(command, of(state).secondFactor);
      case 'TurnOffSecondFactor':
        return turnOffSecondFactor(command, of(state).secondFactor);
      case 'AddPasskey':
        return addPasskey(command, of(state).passkeys);
      case 'RemovePasskey':
        return removePasskey(command, of(state));
      default:
        return unreachable(command);
    }
  },
  evolve,
};

/** A session that ended meanwhile may end itself again. */
function isSigningOut({ type, data, meta: { shown } }: MemberCommand): boolean {
  return type === 'EndSession' && shown !== undefined && 'session' in shown && shown.session === data.sessionId;
}

/** Whoever signs others out, or chooses a password, wants nothing of what others have begun: an address, a second factor. */
function forgetWishes({ addresses, secondFactor }: MemberState): void {
  addresses.wantedBy = null;
  secondFactor.offered = null;
}

function evolve(state: MemberState, fact: Remembered<MemberEvent>): MemberState {
  evolveWaysBack(state.waysBack, state.addresses, fact);
  switch (fact.type) {
    case 'MemberRegistered.v2': {
      const { memberId, handle, roles, locale, emailReserved, membership } = fact.data;
      const registered = fact.personal;
      const { displayName, passwordHash, email } = isErased(registered)
        ? { displayName: registered, passwordHash: registered, email: registered }
        : registered;
      state.addresses.had.push({ email, from: fact.envelope.occurredAt });
      return Object.assign(state, {
        memberId,
        handle,
        roles,
        locale,
        emailReserved,
        membership,
        registered,
        displayName,
        passwordHash,
        passwordSince: fact.envelope.occurredAt,
        passwordPosition: fact.envelope.position,
      });
    }
    case 'MemberRolesChanged.v1':
      state.roles = fact.data.roles;
      return state;
    case 'MemberRenamed.v1':
      state.displayName = isErased(fact.personal) ? fact.personal : fact.personal.displayName;
      return state;
    case 'MemberLocaleChanged.v1':
      state.locale = fact.data.locale;
      return state;
    case 'MemberPageChosen.v1':
      state.pageHidden = fact.data.hidden;
      return state;
    case 'MemberLanguagesChosen.v1':
      state.reads = fact.data.languages;
      return state;
    case 'MemberTranslationsChosen.v1':
      state.translationsShown = fact.data.place;
      return state;
    case 'MemberQuotingChosen.v1':
      state.mayBeQuoted = fact.data.allowed;
      return state;
    case 'MemberPasswordChanged.v1':
      state.passwordHash = isErased(fact.personal) ? fact.personal : fact.personal.passwordHash;
      state.passwordSince = fact.envelope.occurredAt;
      state.passwordPosition = fact.envelope.position;
      evolveSessions(state.sessions, fact);
      forgetWishes(state);
      return state;
    case 'MemberSessionOpened.v1':
    case 'MemberSessionEnded.v1':
    case 'MemberSessionsEnded.v1':
      evolveSessions(state.sessions, fact);
      if (fact.type === 'MemberSessionsEnded.v1') forgetWishes(state);
      return state;
    case 'SecondFactorOffered.v1':
    case 'SecondFactorTurnedOn.v1':
    case 'SecondFactorTurnedOff.v1':
    case 'SecondFactorUsed.v1':
    case 'RecoveryCodesMade.v1':
    case 'RecoveryCodeUsed.v1':
      evolveSecondFactor(state.secondFactor, fact);
      evolveAddedWays(state.added, fact);
      return state;
    case 'PasskeyAdded.v1':
    case 'PasskeyRemoved.v1':
    case 'PasskeyUsed.v1':
      evolvePasskeys(state.passkeys, fact);
      evolveAddedWays(state.added, fact);
      return state;
    case 'MemberNameLost.v1':
      state.lostNames.add(fact.data.name);
      return state;
    case 'EmailConfirmed.v1':
    case 'EmailChanged.v1':
    case 'EmailChangeAsked.v1':
    case 'EmailChangeDropped.v1':
      evolveAddresses(state.addresses, fact);
      return state;
    case 'ProviderLinked.v1':
      state.providers.set(fact.data.provider, isErased(fact.personal) ? null : fact.personal.subject);
      evolveAddedWays(state.added, fact);
      return state;
    case 'ProviderUnlinked.v1':
      state.providers.delete(fact.data.provider);
      evolveAddedWays(state.added, fact);
      return state;
    case 'AccountTakenBack.v1':
      forgetWishes(state);
      return state;
    case 'MemberScreened.v1':
      return state;
    case 'MemberApproved.v1':
      state.membership = 'active';
      return state;
    case 'MemberRefused.v1':
      state.membership = 'refused';
      return state;
    case 'MemberErased.v1':
      return forgotten(state);
    default:
      return unreachable(fact);
  }
}

function register({ data }: RegisterMember, state: MemberState): readonly MemberEvent[] {
  const fact = registrationOf(data);
  if (state.memberId === null) {
    const lost = data.names?.find((name) => state.lostNames.has(name));
    if (lost !== undefined) throw nameTaken(lost);
    return [fact, ...screenedBy(data), ...linkedBy(data)];
  }
  if (isRepeat(fact, state)) return [];
  throw new DomainError('id_taken', 'Another member has this id.');
}

function screenedBy({ memberId, screened }: RegisterMember['data']): readonly MemberEvent[] {
  return screened === undefined ? [] : [{ type: 'MemberScreened.v1', data: { memberId, ...screened }, personal: null }];
}

function registrationOf(data: RegisterMember['data']): MemberRegistered {
  const { memberId, emailReserved, passwordHash, membership = 'active', invitationId = null } = data;
  const email = data.email === null ? null : emailOf(data.email);
  return {
    type: 'MemberRegistered.v2',
    data: {
      memberId,
      handle: handleOf(data.handle),
      locale: localeOf(data.locale),
      roles: wholeRoles(data.roles),
      emailReserved: emailReserved && email !== null,
      membership,
      invitationId,
    },
    personal: { displayName: displayNameFor(data.roles, data.displayName), email, passwordHash },
  };
}

function linkedBy({ memberId, linked }: RegisterMember['data']): readonly MemberEvent[] {
  if (linked === undefined) return [];
  const { provider, subject } = linked;
  return [{ type: 'ProviderLinked.v1', data: { memberId, provider }, personal: { subject } }];
}

/** A member that registered after all keeps its name. */
function forfeitName({ data }: ForfeitMemberName, state: MemberState): readonly MemberEvent[] {
  const { memberId, name } = data;
  if (state.memberId !== null) throw nameTaken(name);
  return state.lostNames.has(name) ? [] : [{ type: 'MemberNameLost.v1', data: { memberId, name }, personal: null }];
}

/** A password has another hash each time, so the hash is not compared. */
function isRepeat({ data, personal }: MemberRegistered, { handle, registered }: MemberState): boolean {
  if (handle !== data.handle) return false;
  if (registered === null || isErased(registered)) return true;
  return registered.email === personal.email && registered.displayName === personal.displayName;
}

function changeRoles({ data, meta }: ChangeRoles, state: MemberState): readonly MemberEvent[] {
  const { memberId } = requireMember(state);
  const roles = wholeRoles(data.roles);
  adminStays(meta.actor, state, roles);
  refuseOutside(state, roles);
  if (roles.join() === wholeRoles(state.roles).join()) return [];
  return [{ type: 'MemberRolesChanged.v1', data: { memberId, roles }, personal: null }];
}

/** A forum never loses its last admin: only another admin takes the role away. */
function adminStays(actor: string, state: MemberState, roles: readonly Role[]): void {
  if (actor === state.memberId && state.roles.includes('admin') && !roles.includes('admin')) {
    throw new DomainError('forbidden', 'You cannot take the role admin from yourself; another admin can.');
  }
}

/** Whoever was not let in keeps what it has and gets no more, so that nobody is told of a role that does not count. */
function refuseOutside(state: MemberState, roles: readonly Role[]): void {
  const isGiven = roles.some((role) => role !== 'member' && !state.roles.includes(role));
  if (!isGiven || state.membership === 'active') return;
  throw new DomainError('not_let_in', 'A role can only be given to somebody who was let in. Let this member in first.');
}

function changeProfile({ data }: ChangeProfile, state: MemberState): readonly MemberEvent[] {
  const { memberId } = requireMember(state);
  if (typeof state.displayName !== 'string') throw memberNotFound();
  refuseOvertaken(data, state);
  const facts: MemberEvent[] = [];
  if (data.displayName !== undefined) {
    const isKept = normalized(data.displayName) === state.displayName;
    const displayName = isKept ? state.displayName : displayNameFor(state.roles, data.displayName);
    if (!isKept) facts.push({ type: 'MemberRenamed.v1', data: { memberId }, personal: { displayName } });
  }
  if (data.locale !== undefined && localeOf(data.locale) !== state.locale) {
    facts.push({ type: 'MemberLocaleChanged.v1', data: { memberId, locale: data.locale }, personal: null });
  }
  if (data.pageHidden !== undefined && data.pageHidden !== state.pageHidden) {
    facts.push({ type: 'MemberPageChosen.v1', data: { memberId, hidden: data.pageHidden }, personal: null });
  }
  if (data.mayBeQuoted !== undefined && data.mayBeQuoted !== state.mayBeQuoted) {
    facts.push({ type: 'MemberQuotingChosen.v1', data: { memberId, allowed: data.mayBeQuoted }, personal: null });
  }
  facts.push(...chosenLanguages(memberId, data.reads, state.reads));
  const { translationsShown: place = state.translationsShown } = data;
  if (place !== state.translationsShown) {
    facts.push({ type: 'MemberTranslationsChosen.v1', data: { memberId, place }, personal: null });
  }
  if (data.passwordHash !== undefined) {
    facts.push(...chosenPassword({ ...data, passwordHash: data.passwordHash }));
  }
  return facts;
}

function chosenLanguages(
  memberId: string,
  wanted: readonly string[] | undefined,
  reads: readonly string[],
): readonly MemberEvent[] {
  if (wanted === undefined) return [];
  const languages = readLanguages(wanted) ?? [];
  if (languages.join() === reads.join()) return [];
  return [{ type: 'MemberLanguagesChosen.v1', data: { memberId, languages }, personal: null }];
}

/** The session that goes on is recorded with the password, right after it: whatever ends sessions later ends this one too. */
function chosenPassword({
  memberId,
  passwordHash,
  session,
}: ChangeProfile['data'] & { readonly passwordHash: string }): readonly MemberEvent[] {
  const chosen: MemberEvent = { type: 'MemberPasswordChanged.v1', data: { memberId }, personal: { passwordHash } };
  if (session === undefined) return [chosen];
  const { sessionId, expiresAt, device } = session;
  const opened = { memberId, sessionId, expiresAt, way: 'new-password' } as const;
  return [
    chosen,
    {
      type: 'MemberSessionOpened.v1',
      data: opened,
      personal: { device: textOf(device, 'device', TEXT_LIMITS.device) },
    },
  ];
}

/** A password that was hashed while another one was chosen comes too late: whoever took the account back keeps it. */
function refuseOvertaken({ passwordSince: seen }: ChangeProfile['data'], state: MemberState): void {
  if (seen === undefined || seen === state.passwordSince) return;
  throw new DomainError('conflict', 'The password was changed meanwhile.');
}

/** The state of one who has registered. */
function of(state: MemberState): MemberState {
  requireMember(state);
  return state;
}

function erase({ data }: EraseMember, state: MemberState): readonly MemberEvent[] {
  requireMember(state);
  return state.erased ? [] : [{ type: 'MemberErased.v1', data, personal: null }];
}

/** The rules know nothing personal any more, whether or not the keys still stand. */
function forgotten(state: MemberState): MemberState {
  const gone = {
    registered: ERASED,
    displayName: ERASED,
    passwordHash: ERASED,
    providers: new Map(),
    addresses: noAddresses(),
  };
  const ways = { secondFactor: noSecondFactor(), passkeys: new Map(), added: new Map(), waysBack: noWaysBack() };
  return Object.assign(state, { ...gone, ...ways, erased: true });
}

function requireMember({ memberId }: MemberState): { readonly memberId: string } {
  if (memberId === null) throw memberNotFound();
  return { memberId };
}

function memberNotFound(): DomainError {
  return new DomainError('member_not_found', 'There is no such member.');
}
