-- Puts the partition that was filled in the place of the old one, in one step and past all views.
-- params: partition · rows: none
ALTER TABLE {{table}} REPLACE PARTITION ID {partition:String} FROM {{fresh}}
