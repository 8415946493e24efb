/** A backup that cannot be made, used or restored; the message names the file or directory and says why, for people. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
}
