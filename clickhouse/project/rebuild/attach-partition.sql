-- Adds what was filled to what is there, in one step and past all views.
-- params: partition · rows: none
ALTER TABLE {{table}} ATTACH PARTITION ID {partition:String} FROM {{fresh}}
