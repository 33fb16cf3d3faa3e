// People who do not exist, drawn, for pictures of the client: no photo of anybody is kept here.

/** How each of them looks, and where they sit. */
export const PEOPLE = {
  Mira: { skin: '#c98a63', hair: '#2a1a17', style: 'long', shirt: '#f2b134', room: ['#25304f', '#ff8f6b'], lips: '#a8413f' },
  Jonas: { skin: '#f0c7a4', hair: '#8a4f24', style: 'short', beard: true, shirt: '#3f7d6e', room: ['#f6d9b8', '#7fb7be'], lips: '#b5675c' },
  Aiko: { skin: '#f3d2b3', hair: '#15131a', style: 'bob', shirt: '#e85d75', room: ['#3b2c59', '#8ec5ff'], glasses: true, lips: '#c3555b' },
  Zuri: { skin: '#7b4a31', hair: '#1a1210', style: 'round', shirt: '#7d6bd6', room: ['#164b4a', '#ffd07f'], lips: '#8f3640' },
  Tomas: { skin: '#d9a066', hair: '#3b3b46', style: 'short', shirt: '#2f4b7c', room: ['#5a2f4e', '#ffb088'], glasses: true, lips: '#9c5447' },
};

/**
 * Runs in a page before anything else of it: the camera shows one of them.
 *
 * Defines `window.portrait` with `photo()`, a JPEG, and `film(seconds)`, a WebM, both as bytes in text.
 */
export function sitFor({ look, width, height }) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const c = canvas.getContext('2d');
  const shade = (colour, by) => {
    const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    return `rgb(${parts.map((part) => Math.max(0, Math.min(255, part + by))).join(' ')})`;
  };
  const oval = (x, y, rx, ry, fill) => {
    c.fillStyle = fill;
    c.beginPath();
    c.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
    c.fill();
  };
  const shape = (fill, steps) => {
    c.fillStyle = fill;
    c.beginPath();
    steps();
    c.closePath();
    c.fill();
  };

  function room(t) {
    const sky = c.createLinearGradient(0, 0, width, height);
    sky.addColorStop(0, look.room[0]);
    sky.addColorStop(1, look.room[1]);
    c.fillStyle = sky;
    c.fillRect(0, 0, width, height);
    // Lights of a town out of focus.
    for (let i = 0; i < 26; i++) {
      const x = ((i * 797) % 1000) / 1000;
      const y = ((i * 463) % 700) / 1000;
      const r = (0.012 + ((i * 131) % 40) / 1000) * Math.max(width, height);
      const light = 0.1 + 0.08 * Math.sin(t * 0.8 + i);
      oval(x * width, y * height, r, r, i % 3 === 0 ? `rgb(255 255 255 / ${light})` : `rgb(255 214 160 / ${light})`);
    }
  }

  // In units of the head's width; (0, 0) is between the eyes.
  function person(t) {
    const u = Math.min(width * 0.36, height * 0.3);
    const nod = Math.sin(t * 1.3) * 0.02;
    const turn = Math.sin(t * 0.7) * 0.03;
    c.save();
    c.translate(width / 2 + turn * u * 0.5, height * (height > width ? 0.42 : 0.46) + nod * u);
    c.scale(u, u);
    const { skin, hair, style, shirt } = look;
    const dark = shade(skin, -28);

    if (style === 'long') {
      shape(hair, () => {
        c.moveTo(-0.6, -0.1);
        c.bezierCurveTo(-0.75, -0.95, 0.75, -0.95, 0.6, -0.1);
        c.bezierCurveTo(0.72, 0.5, 0.74, 1.0, 0.6, 1.3);
        c.lineTo(-0.6, 1.3);
        c.bezierCurveTo(-0.74, 1.0, -0.72, 0.5, -0.6, -0.1);
      });
    } else if (style === 'bob') {
      shape(hair, () => {
        c.moveTo(-0.62, 0.62);
        c.bezierCurveTo(-0.8, -1.05, 0.8, -1.05, 0.62, 0.62);
        c.quadraticCurveTo(0, 0.8, -0.62, 0.62);
      });
    } else if (style === 'round') {
      for (let i = 0; i < 40; i++) {
        const angle = Math.PI * (0.86 + (i / 39) * 1.28);
        const far = 0.66 + ((i * 37) % 10) / 90;
        oval(Math.cos(angle) * far, -0.12 + Math.sin(angle) * far, 0.19, 0.19, hair);
      }
      oval(0, -0.22, 0.66, 0.62, hair);
    }

    // Shoulders, with breath.
    const breath = Math.sin(t * 1.6) * 0.012;
    shape(shirt, () => {
      c.moveTo(-1.35, 4);
      c.bezierCurveTo(-1.3, 1.35 + breath, -0.85, 1.12 + breath, -0.3, 1.02 + breath);
      c.lineTo(0.3, 1.02 + breath);
      c.bezierCurveTo(0.85, 1.12 + breath, 1.3, 1.35 + breath, 1.35, 4);
    });
    shape(shade(shirt, -22), () => {
      c.moveTo(-0.34, 1.0 + breath);
      c.quadraticCurveTo(0, 1.42 + breath, 0.34, 1.0 + breath);
      c.quadraticCurveTo(0, 1.54 + breath, -0.34, 1.0 + breath);
    });
    shape(dark, () => {
      c.moveTo(-0.24, 0.45);
      c.lineTo(-0.27, 1.02);
      c.quadraticCurveTo(0, 1.36, 0.27, 1.02);
      c.lineTo(0.24, 0.45);
    });

    c.translate(turn, nod);
    oval(-0.5, 0.1, 0.09, 0.14, dark);
    oval(0.5, 0.1, 0.09, 0.14, dark);
    shape(skin, () => {
      c.moveTo(-0.5, -0.1);
      c.bezierCurveTo(-0.52, -0.78, 0.52, -0.78, 0.5, -0.1);
      c.bezierCurveTo(0.5, 0.42, 0.3, 0.76, 0, 0.78);
      c.bezierCurveTo(-0.3, 0.76, -0.5, 0.42, -0.5, -0.1);
    });
    if (look.beard) {
      shape(hair, () => {
        c.moveTo(-0.5, 0.08);
        c.bezierCurveTo(-0.5, 0.5, -0.32, 0.88, 0, 0.9);
        c.bezierCurveTo(0.32, 0.88, 0.5, 0.5, 0.5, 0.08);
        c.bezierCurveTo(0.42, 0.34, 0.26, 0.3, 0, 0.3);
        c.bezierCurveTo(-0.26, 0.3, -0.42, 0.34, -0.5, 0.08);
      });
    }
    oval(-0.3, 0.24, 0.1, 0.065, `rgb(255 110 110 / 18%)`);
    oval(0.3, 0.24, 0.1, 0.065, `rgb(255 110 110 / 18%)`);

    const open = t % 3.7 < 0.14 ? 0.15 : 1;
    for (const side of [-1, 1]) {
      oval(side * 0.2, 0.01, 0.085, 0.06 * open, '#ffffff');
      oval(side * 0.2 + turn, 0.012, 0.045, 0.05 * open, '#2b1d1a');
      oval(side * 0.2 + turn + 0.015, -0.008, 0.014, 0.014 * open, '#ffffff');
      c.strokeStyle = shade(hair, -4);
      c.lineWidth = 0.035;
      c.lineCap = 'round';
      c.beginPath();
      c.moveTo(side * 0.1, -0.135);
      c.quadraticCurveTo(side * 0.2, -0.19, side * 0.31, -0.13);
      c.stroke();
    }
    c.strokeStyle = dark;
    c.lineWidth = 0.03;
    c.beginPath();
    c.moveTo(0.01, 0.04);
    c.quadraticCurveTo(0.075, 0.2, -0.03, 0.22);
    c.stroke();
    // A smile that opens and closes: somebody who talks.
    const talk = 0.07 + 0.045 * Math.abs(Math.sin(t * 4.2)) * (Math.sin(t * 0.9) > -0.2 ? 1 : 0.2);
    shape(look.lips, () => {
      c.moveTo(-0.19, 0.4);
      c.quadraticCurveTo(0, 0.45, 0.19, 0.4);
      c.quadraticCurveTo(0, 0.45 + 2 * talk, -0.19, 0.4);
    });
    shape('#ffffff', () => {
      c.moveTo(-0.14, 0.42);
      c.quadraticCurveTo(0, 0.455, 0.14, 0.42);
      c.quadraticCurveTo(0, 0.455 + talk, -0.14, 0.42);
    });

    if (style === 'short') {
      shape(hair, () => {
        c.moveTo(-0.54, -0.02);
        c.bezierCurveTo(-0.68, -0.98, 0.68, -0.98, 0.54, -0.02);
        c.bezierCurveTo(0.5, -0.3, 0.42, -0.4, 0.3, -0.42);
        c.bezierCurveTo(0.05, -0.3, -0.2, -0.36, -0.36, -0.44);
        c.bezierCurveTo(-0.46, -0.36, -0.5, -0.24, -0.54, -0.02);
      });
    } else if (style !== 'round') {
      shape(hair, () => {
        c.moveTo(-0.54, 0.1);
        c.bezierCurveTo(-0.66, -0.92, 0.66, -0.92, 0.54, 0.1);
        c.bezierCurveTo(0.5, -0.2, 0.4, -0.42, style === 'bob' ? 0.34 : 0.1, -0.5);
        c.bezierCurveTo(-0.1, style === 'bob' ? -0.16 : -0.4, -0.44, -0.24, -0.54, 0.1);
      });
    }
    if (look.glasses) {
      c.strokeStyle = '#1d1930';
      c.lineWidth = 0.035;
      for (const side of [-1, 1]) {
        c.beginPath();
        c.roundRect(side * 0.2 - 0.145, -0.1, 0.29, 0.23, 0.09);
        c.stroke();
      }
      c.beginPath();
      c.moveTo(-0.055, -0.01);
      c.lineTo(0.055, -0.01);
      c.stroke();
    }
    c.restore();
  }

  const begun = performance.now();
  const draw = () => {
    const t = (performance.now() - begun) / 1_000 + 1;
    room(t);
    person(t);
  };
  draw();
  setInterval(draw, 40);

  function stream(sound) {
    const made = canvas.captureStream(25);
    if (sound) {
      const audio = new AudioContext();
      const hum = audio.createOscillator();
      const quiet = audio.createGain();
      quiet.gain.value = 0.01;
      const out = audio.createMediaStreamDestination();
      hum.connect(quiet).connect(out);
      hum.start();
      for (const track of out.stream.getAudioTracks()) made.addTrack(track);
    }
    return made;
  }
  navigator.mediaDevices.getUserMedia = async ({ video, audio }) => {
    const made = stream(Boolean(audio));
    if (!video) for (const track of made.getVideoTracks()) made.removeTrack(track);
    return made;
  };

  const textOf = async (blob) => {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };
  window.portrait = {
    photo: () =>
      new Promise((done) => {
        const side = Math.min(width, height);
        const photo = document.createElement('canvas');
        photo.width = photo.height = side;
        photo.getContext('2d').drawImage(canvas, (width - side) / 2, (height - side) * 0.3, side, side, 0, 0, side, side);
        photo.toBlob((blob) => done(textOf(blob)), 'image/jpeg', 0.9);
      }),
    film: (seconds) =>
      new Promise((done) => {
        const chunks = [];
        const recorder = new MediaRecorder(stream(true), { mimeType: 'video/webm;codecs=vp8,opus', videoBitsPerSecond: 4_000_000 });
        recorder.ondataavailable = ({ data }) => chunks.push(data);
        recorder.onstop = () => done(textOf(new Blob(chunks, { type: 'video/webm' })));
        recorder.start();
        setTimeout(() => recorder.stop(), seconds * 1_000);
      }),
  };
}
