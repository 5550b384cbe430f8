import type { Problem } from '../../shared/contract.ts';
import { ServiceError, services } from '../../shared/http.ts';

const timeoutMs = 120_000;

/** As `call`, for what is large: only this way the browser tells how much of a request has gone out. */
export function sendForm<T>(method: 'POST' | 'PUT', path: string, form: FormData, token: string, onProgress: (part: number) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, services.origin + path);
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.timeout = timeoutMs;
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) onProgress(loaded / total);
    };
    request.onload = () => {
      const content = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) {
        resolve(content as T);
        return;
      }
      const seconds = Number(request.getResponseHeader('Retry-After'));
      reject(new ServiceError(request.status, (content ?? {}) as Problem, seconds > 0 ? seconds * 1000 : undefined));
    };
    request.onerror = request.ontimeout = request.onabort = () => reject(new ServiceError(0, {}));
    request.send(form);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
