/** A mail that reports of another, as mail servers write it (RFC 6522). */
interface Report {
  readonly type: 'delivery-status' | 'feedback-report';
  readonly fields: string;
  /** The headers of the mail that it is about; null for none. */
  readonly about: string | null;
  readonly heads?: string;
  readonly aboutType?: string;
}

export function mailReport({ type, fields, about, heads = '', aboutType = 'message/rfc822' }: Report): string {
  const parts = [
    'Content-Type: text/plain; charset=utf-8\n\nYour mail could not be delivered.\n',
    `Content-Type: message/${type}\n\n${fields}`,
    ...(about === null ? [] : [`Content-Type: ${aboutType}\n\n${about}\n\nThe text.\n`]),
  ];
  const body = `${parts.map((part) => `--=_r\n${part}\n`).join('')}--=_r--\n`;
  const own = `From: MAILER-DAEMON@mx.example\nTo: forum@forum.example\nSubject: Undelivered\nMessage-ID: <r@mx.example>\n`;
  const mime = `MIME-Version: 1.0\nContent-Type: multipart/report; report-type=${type};\n boundary="=_r"\n`;
  return `${own}${heads}${mime}\n${body}`.replaceAll('\n', '\r\n');
}

const aboutOf = (messageId: string): string =>
  `From: forum@forum.example\nSubject: The month\nMessage-ID: ${messageId}`;

/** RFC 3464. */
export function bounceOf(messageId: string, status = '5.1.1', action = 'failed'): string {
  const fields = `Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; mali@example.org\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; 550 unknown\n`;
  return mailReport({ type: 'delivery-status', fields, about: aboutOf(messageId) });
}

/** RFC 5965. */
export function complaintOf(messageId: string, kind = 'abuse'): string {
  const fields = `Feedback-Type: ${kind}\nUser-Agent: Feedback/1.0\nVersion: 1\n`;
  return mailReport({ type: 'feedback-report', fields, about: aboutOf(messageId), aboutType: 'text/rfc822-headers' });
}
