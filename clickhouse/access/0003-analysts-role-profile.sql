-- Binds whoever has the role to the limits of its profile.
-- params: none · rows: none
ALTER ROLE sharetrail_analysts SETTINGS PROFILE 'sharetrail_analysts'
