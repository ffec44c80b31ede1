FROM python:3.12-slim AS build
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -r requirements.txt

FROM python:3.12-slim
RUN useradd --system --uid 10001 atrium && install -d -o atrium /data
COPY --from=build /venv /venv
WORKDIR /app
COPY . .
# Once for the image, and not at each start.
RUN python -m compileall -q .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data HOST=0.0.0.0 PORT=8000
USER atrium
VOLUME /data
EXPOSE 8000
# The header says what a proxy that ends TLS would say; else the answer is a redirect.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(r.Request(f'http://127.0.0.1:{os.environ[\"PORT\"]}/api/v1/health', headers={'X-Forwarded-Proto': 'https'}), timeout=4)"]
CMD ["sh", "-c", "python manage.py collectstatic --noinput --verbosity 0 && exec python manage.py serve"]
