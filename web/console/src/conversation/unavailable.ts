const words: Record<string, string> = {
  too_large: 'Not fetched: larger than 25 MB',
  empty: 'Not fetched: the messenger gave an empty file',
  timeout: 'Not fetched: the messenger did not give it in time',
  not_connected: 'Not fetched: the messenger could not be reached',
  no_connection: 'Not fetched: the connection was removed',
  no_address: 'Not fetched: the messenger did not say where it is',
  http_401: 'Not fetched: the messenger refused our credentials',
  http_403: 'Not fetched: the messenger refused to give it',
  http_404: 'Not fetched: the messenger does not have it any more',
  http_410: 'Not fetched: the messenger does not have it any more',
};

/** Why a file that the customer sent is not here and will never be. */
export function unavailableWords(reason: string): string {
  return words[reason] ?? `Not fetched: the messenger does not give it (${reason.replaceAll('_', ' ')})`;
}
