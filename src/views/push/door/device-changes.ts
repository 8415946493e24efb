import type { StoredOf } from '../../stored.ts';

/** Who is told on which devices, and what ends that: a device ends with the session in which it was added. */
export const DEVICE_TYPES = [
  'PushSubscribed.v1',
  'PushUnsubscribed.v1',
  'MemberSessionEnded.v1',
  'MemberSessionsEnded.v1',
  'MemberPasswordChanged.v1',
  'MemberSanctioned.v1',
  'MemberErased.v1',
] as const;

export type DeviceChange =
  | { readonly kind: 'added'; readonly subscriptionId: string; readonly sessionId: string }
  | { readonly kind: 'removed'; readonly subscriptionId: string }
  | { readonly kind: 'session-ended'; readonly sessionId: string }
  /** All of the member, or all but those of one session. */
  | { readonly kind: 'sessions-ended'; readonly except: string | null }
  | { readonly kind: 'erased' };

/** What such an event does to the devices of its member; null for nothing. */
export function deviceChangeOf(event: StoredOf<(typeof DEVICE_TYPES)[number]>): DeviceChange | null {
  switch (event.type) {
    case 'PushSubscribed.v1': {
      const { subscriptionId, sessionId } = event.data;
      return { kind: 'added', subscriptionId, sessionId };
    }
    case 'PushUnsubscribed.v1':
      return { kind: 'removed', subscriptionId: event.data.subscriptionId };
    case 'MemberSessionEnded.v1':
      return { kind: 'session-ended', sessionId: event.data.sessionId };
    case 'MemberSessionsEnded.v1':
      return { kind: 'sessions-ended', except: event.data.except };
    case 'MemberPasswordChanged.v1':
      return { kind: 'sessions-ended', except: null };
    case 'MemberSanctioned.v1':
      return event.data.kind === 'ban' ? { kind: 'sessions-ended', except: null } : null;
    case 'MemberErased.v1':
      return { kind: 'erased' };
    default:
      return event satisfies never;
  }
}
