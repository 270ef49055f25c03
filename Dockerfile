# The service alone: the three stores run beside it. The base has glibc, which the ClickHouse engine's package needs.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# Scripts for Redis are read from here; the code itself runs from dist.
COPY --from=build /app/src src
COPY --from=build /app/cypher cypher
COPY --from=build /app/clickhouse clickhouse
USER node
EXPOSE 8080
# Events live as long as the range they are written with, which is longer than the usual room for young objects lasts.
CMD ["node", "--max-semi-space-size=64", "dist/main.js", "serve"]
