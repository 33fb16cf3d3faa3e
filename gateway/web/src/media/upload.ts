import { ApiError } from '../api/refusal';
import { session } from '../session/session';

/**
 * Sends a picture or a video of oneself.
 *
 * @param progress hears how much has left this device, from 0 to 1
 * @throws ApiError with what it was refused with, or status 0 when the connection broke
 */
export function upload(kind: 'selfie' | 'video', file: Blob, progress: (part: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // fetch tells nothing of how far an upload is.
    const request = new XMLHttpRequest();
    request.open('POST', `/media/${kind}`);
    request.setRequestHeader('authorization', `Bearer ${session.get()?.token ?? ''}`);
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiError(0, {}, 0));
    request.onload = () => {
      if (request.status === 200) {
        resolve();
        return;
      }
      const retry = Number(request.getResponseHeader('retry-after'));
      reject(new ApiError(request.status, read(request.responseText), Number.isFinite(retry) ? retry : 0));
    };
    const form = new FormData();
    form.append(kind, file, kind);
    request.send(form);
  });
}

function read(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
