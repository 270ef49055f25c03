-- The user that analysts connect as. The hash of its password is filled in from the environment when this is applied.
-- params: none · rows: none
CREATE USER OR REPLACE analyst IDENTIFIED WITH sha256_hash BY '{{analystPasswordSha256}}' HOST ANY
